using System.Text.RegularExpressions;

namespace Matrix.Realtime.Tests.Architecture;

/// <summary>
/// The order of the module's folders: one may use those on lower floors and, on its own floor, services but no stores
/// or rows. The options at the root are for all; the composition beside them uses all and is used by none.
/// </summary>
internal static partial class FloorRules
{
    /// <summary>The floors, the lowest first. A folder that is not named is a mistake in itself.</summary>
    private static readonly string[][] Floors =
    [
        ["Identifiers", "Errors", "Json"],
        ["Http"],
        ["Storage"],
        ["Streams"],
        ["Accounts", "Devices", "Discovery", "Filters", "Profiles", "PushRules", "Rooms"],
        ["Reports", "RoomDirectory", "Spaces"],
        ["KeyBackup", "Keys", "ToDevice"],
        ["AccountData", "Presence", "ReadMarkers", "Receipts", "Relations", "Typing"],
        ["UnreadCounts"],
        ["LiveQueries", "Search", "Sync"],
        ["Hosting"],
    ];

    /// <summary>What is wrong with these sources, one line each.</summary>
    public static IReadOnlyList<string> Violations(IReadOnlyCollection<Source> sources)
    {
        var folders = sources.Select(source => source.Folder).Where(folder => folder.Length > 0).ToHashSet();
        var insides = sources
            .Where(source => InsideNames().IsMatch(source.TypeName))
            .ToLookup(source => source.TypeName, source => source.Folder);

        return
        [
            .. folders.Where(folder => FloorOf(folder) < 0).Select(folder => $"{folder} stands on no floor."),
            .. sources.Where(source => source.Folder.Length > 0).SelectMany(source => WrongArrows(source, folders)),
            .. sources.SelectMany(source => WrongInsides(source, insides)),
        ];
    }

    private static IEnumerable<string> WrongArrows(Source source, HashSet<string> folders) =>
        Names().Matches(source.Code)
            .Select(match => match.Groups["folder"].Value)
            .Distinct()
            .Where(used => folders.Contains(used) && FloorOf(used) > FloorOf(source.Folder))
            .Select(used => $"{source.Path} uses {used}, which stands above {source.Folder}.");

    private static IEnumerable<string> WrongInsides(Source source, ILookup<string, string> insides) =>
        Words().Matches(source.Code)
            .Select(match => match.Value)
            .Distinct()
            .Where(word => insides[word].Any(owner => owner != source.Folder && FloorOf(owner) == FloorOf(source.Folder)))
            .Select(word => $"{source.Path} reaches past a service to {word}.");

    private static int FloorOf(string folder) => Array.FindIndex(Floors, floor => floor.Contains(folder));

    // Inside the module a folder is named by a using, or relative to the enclosing namespace.
    [GeneratedRegex(@"(?<![\w.""])(?:Matrix\.Realtime\.)?(?<folder>[A-Z]\w+)(?=[.;])")]
    private static partial Regex Names();

    [GeneratedRegex(@"\b[A-Z]\w+\b")]
    private static partial Regex Words();

    [GeneratedRegex("(Store|Row)$")]
    private static partial Regex InsideNames();

    /// <summary>One file of the module.</summary>
    /// <param name="Path">The path below the module, with forward slashes.</param>
    /// <param name="Text">What it holds.</param>
    internal sealed partial record Source(string Path, string Text)
    {
        /// <summary>The folder that the file stands in, at any depth; empty for the root.</summary>
        public string Folder => Path.Contains('/') ? Path.Split('/')[0] : "";

        /// <summary>The type, which the file is named for.</summary>
        public string TypeName => System.IO.Path.GetFileNameWithoutExtension(Path);

        /// <summary>The text without its comments.</summary>
        public string Code => Comments().Replace(Text, "");

        [GeneratedRegex("//.*$", RegexOptions.Multiline)]
        private static partial Regex Comments();
    }
}
