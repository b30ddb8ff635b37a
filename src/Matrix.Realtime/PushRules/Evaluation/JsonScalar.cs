using System.Text.Json;
using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.PushRules.Evaluation;

/// <summary>Equality of single JSON values: nothing is cast, and objects and arrays equal nothing.</summary>
internal static class JsonScalar
{
    public static bool AreEqual(JsonElement left, JsonElement right) =>
        left.ValueKind == right.ValueKind && left.ValueKind switch
        {
            JsonValueKind.String => left.ValueEquals(right.GetString()),
            JsonValueKind.Number => left.IsInteger() && right.IsInteger() && left.GetInt64() == right.GetInt64(),
            JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null => true,
            _ => false,
        };
}
