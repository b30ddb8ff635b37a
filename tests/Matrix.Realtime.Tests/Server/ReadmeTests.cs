using System.Text.RegularExpressions;

namespace Matrix.Realtime.Tests.Server;

/// <summary>README's table names every setting, no others, and the defaults that they have.</summary>
public sealed partial class ReadmeTests
{
    private static readonly List<(string Name, string Default)> Documented =
    [
        .. Rows().Matches(RepositoryFiles.Read("README.md")).SelectMany(row => Read(
            row.Groups["names"].Value, row.Groups["default"].Value)),
    ];

    [Fact]
    public void Table_NamesEverySettingOnce_AndNoOthers()
    {
        var names = Documented.ConvertAll(setting => setting.Name);

        Assert.Equal(names.Distinct(), names);
        Assert.Empty(KnownSettings.Options.Keys.Append(KnownSettings.Urls).Append(KnownSettings.Connection).Except(names));
        Assert.All(names, name => Assert.True(KnownSettings.Contains(name), $"There is no setting '{name}'."));
    }

    // What is not written as code is told in words.
    [Fact]
    public void Table_TellsTheDefaults()
    {
        var literal = Documented.Where(setting => setting.Default.StartsWith('`')).ToList();

        Assert.NotEmpty(literal);
        Assert.All(literal, setting =>
        {
            if (KnownSettings.Options.TryGetValue(setting.Name, out var actual))
            {
                Assert.Equal($"{setting.Name} `{actual}`", $"{setting.Name} {setting.Default}");
            }
        });
    }

    /// <summary>
    /// The settings of one row: <c>`:Window`</c> stands for a sibling of the one before, a number for an item of a list.
    /// </summary>
    private static IEnumerable<(string Name, string Default)> Read(string names, string defaults)
    {
        var values = defaults.Split(", ");
        var settings = new List<string>();
        foreach (var name in Names().Matches(names).Select(match => match.Groups[1].Value))
        {
            var whole = name.StartsWith(':') ? settings[^1][..settings[^1].LastIndexOf(':')] + name : name;
            if (int.TryParse(whole[(whole.LastIndexOf(':') + 1)..], out _))
            {
                whole = settings.Count == 0 ? whole[..whole.LastIndexOf(':')] : settings[0];
            }

            settings.Add(whole);
        }

        var distinct = settings.Distinct().ToList();
        return distinct.Select((name, index) => (name, values.Length == distinct.Count ? values[index] : defaults));
    }

    [GeneratedRegex(@"^\| (?<names>`(Urls|Matrix:|ConnectionStrings:)[^|]*) \| (?<default>[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Names();
}
