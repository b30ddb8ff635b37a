using System.Text.Json;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;
using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.RoomDirectory.Aliases;

/// <summary>The aliases that an <c>m.room.canonical_alias</c> names.</summary>
internal static class CanonicalAliasContent
{
    /// <summary>The aliases, as they stand there; none where there is something else.</summary>
    public static IReadOnlySet<string> Read(JsonElement content)
    {
        var aliases = Alternatives(content).ToHashSet(StringComparer.Ordinal);
        if (content.String("alias") is { Length: > 0 } alias)
        {
            aliases.Add(alias);
        }

        return aliases;
    }

    /// <summary>Whether everything has the type that it must have.</summary>
    public static bool IsWellFormed(JsonElement content) =>
        (!content.TryGet("alias", out var alias) || alias.ValueKind is JsonValueKind.String or JsonValueKind.Null)
        && (!content.TryGet("alt_aliases", out var alternatives)
            || (alternatives.ValueKind == JsonValueKind.Array
                && alternatives.EnumerateArray().All(alternative => alternative.ValueKind == JsonValueKind.String)));

    /// <summary>The content without an alias; null if it does not name that.</summary>
    public static byte[]? Without(JsonElement content, RoomAlias alias)
    {
        if (!Read(content).Contains(alias.Value))
        {
            return null;
        }

        var kept = new CanonicalObject(content);
        if (content.String("alias") == alias.Value)
        {
            kept = kept.Without("alias");
        }

        var alternatives = Alternatives(content).ToList();
        if (alternatives.RemoveAll(alternative => alternative == alias.Value) > 0)
        {
            kept.Set("alt_aliases", alternatives);
        }

        return kept.ToBytes();
    }

    private static IEnumerable<string> Alternatives(JsonElement content) =>
        content.TryGet("alt_aliases", JsonValueKind.Array, out var alternatives)
            ? alternatives.EnumerateArray().Where(alternative => alternative.ValueKind == JsonValueKind.String)
                .Select(alternative => alternative.GetString()!)
            : [];
}
