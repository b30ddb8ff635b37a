using System.Reflection;
using System.Text.RegularExpressions;
using Matrix.Realtime.Server;

namespace Matrix.Realtime.Tests.Server;

/// <summary>What the compose file sets must exist, or it would be ignored in silence.</summary>
public sealed partial class ComposeFileTests
{
    [Fact]
    public void Environment_OfServer_NamesOptionsThatExist()
    {
        var variables = Variables().Matches(File.ReadAllText(PathOf("docker-compose.yml")))
            .Select(match => match.Groups["name"].Value).ToList();

        Assert.Contains("Matrix__ServerName", variables);
        Assert.All(variables, variable => Assert.True(Exists(variable.Replace("__", ":")), $"{variable} sets nothing."));
    }

    [Theory]
    [InlineData("Matrix:ServerNam")]
    [InlineData("Matrix:Typing:EndsOnMessage")]
    [InlineData("ConnectionStrings:Other")]
    public void Exists_OfMisspeltSetting_IsFalse(string setting) => Assert.False(Exists(setting));

    private static bool Exists(string setting)
    {
        var parts = setting.Split(':');
        if (setting == DatabaseSelection.ProviderKey
            || setting == $"ConnectionStrings:{DatabaseSelection.ConnectionStringName}")
        {
            return true;
        }

        var type = parts[0] == RealtimeOptions.SectionName ? typeof(RealtimeOptions) : null;
        foreach (var part in parts.Skip(1))
        {
            type = type?.GetProperty(part, BindingFlags.Public | BindingFlags.Instance)?.PropertyType;
        }

        return type is not null;
    }

    private static string PathOf(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Matrix.Realtime.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, file);
    }

    [GeneratedRegex(@"^\s+(?<name>(Matrix|ConnectionStrings)__\w+):", RegexOptions.Multiline)]
    private static partial Regex Variables();
}
