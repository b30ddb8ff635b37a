using System.Text.Json;
using Matrix.Realtime.Json;

namespace Matrix.Realtime.Rooms.Events;

/// <summary>Tolerant reading of event content: whatever has another type than asked for counts as absent.</summary>
internal static class EventContent
{
    public static string? String(this JsonElement content, string name) =>
        content.TryGet(name, JsonValueKind.String, out var value) ? value.GetString() : null;

    public static long? Integer(this JsonElement content, string name) =>
        content.TryGet(name, JsonValueKind.Number, out var value) && value.TryGetInt64(out var number) ? number : null;

    public static bool? Boolean(this JsonElement content, string name) =>
        !content.TryGet(name, out var value) ? null
        : value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };

    /// <summary>The member, if the value is an object that has it.</summary>
    public static bool TryGet(this JsonElement content, string name, out JsonElement value)
    {
        value = default;
        return content.ValueKind == JsonValueKind.Object && content.TryGetProperty(name, out value);
    }

    /// <summary>The member, if the value is an object that has it with the given kind.</summary>
    public static bool TryGet(this JsonElement content, string name, JsonValueKind kind, out JsonElement value) =>
        content.TryGet(name, out value) && value.ValueKind == kind;

    /// <summary>Whether this is an integer in the range that events may hold.</summary>
    public static bool IsInteger(this JsonElement value) =>
        value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var number)
        && number is >= -CanonicalJson.MaxInteger and <= CanonicalJson.MaxInteger;
}
