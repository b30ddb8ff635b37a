using System.Globalization;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Spaces;

/// <summary>
/// How many rooms of a tree have been told, and of which tree. It says all that the next page needs, so that no server
/// has to remember it.
/// </summary>
internal readonly record struct SpaceHierarchyToken(int Skip, bool SuggestedOnly, int MaxDepth, RoomId Root)
{
    private const string Suggested = "s";
    private const string All = "a";

    public static SpaceHierarchyToken Parse(string text) =>
        text.Split('_', 4) is [var skip, (Suggested or All) and var kind, var depth, var room]
        && int.TryParse(skip, NumberStyles.None, CultureInfo.InvariantCulture, out var skipped)
        && int.TryParse(depth, NumberStyles.None, CultureInfo.InvariantCulture, out var maxDepth)
        && RoomId.TryParse(room, out var root)
            ? new SpaceHierarchyToken(skipped, kind == Suggested, maxDepth, root)
            : throw MatrixException.InvalidParam("'from' is not a token of this server.");

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Skip}_{(SuggestedOnly ? Suggested : All)}_{MaxDepth}_{Root}");
}
