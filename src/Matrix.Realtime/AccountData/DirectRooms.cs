using System.Text.Json;
using System.Text.Json.Nodes;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.AccountData;

/// <summary>The content of <c>m.direct</c>. It is the clients', so it can hold anything.</summary>
internal static class DirectRooms
{
    /// <summary>Lists a room wherever another is listed; null when that changes nothing.</summary>
    public static byte[]? Add(byte[] content, RoomId listed, RoomId added)
    {
        var direct = JsonNode.Parse(content)!.AsObject();
        var isChanged = false;
        foreach (var rooms in direct.Select(user => user.Value).OfType<JsonArray>())
        {
            if (Lists(rooms, listed) && !Lists(rooms, added))
            {
                rooms.Add((JsonNode)added.Value);
                isChanged = true;
            }
        }

        return isChanged ? JsonSerializer.SerializeToUtf8Bytes(direct) : null;
    }

    private static bool Lists(JsonArray rooms, RoomId roomId) =>
        rooms.Any(room => room is JsonValue value && value.TryGetValue(out string? text) && text == roomId.Value);
}
