using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Versions;

namespace Matrix.Realtime.Tests.Rooms.Events;

/// <summary>Events for tests, signed by server <c>domain</c> with the key of the specification's vectors.</summary>
internal static class TestEvents
{
    public static readonly ServerSigningKey Key = LoadKey();

    public static readonly RoomId Room = RoomId.Parse("!r:domain");

    public static RoomVersion Version(string id) =>
        RoomVersion.TryGet(id, out var version) ? version : throw new ArgumentException($"No room version {id}.");

    public static PduBuilder Template(
        RoomVersion version, string type, string? stateKey, string sender, string content) =>
        new()
        {
            Version = version,
            RoomId = version.CreateEventIsRoomId && type == EventTypes.Create ? null : Room,
            Type = type,
            StateKey = stateKey,
            Sender = UserId.Parse(sender),
            Content = Canonical(content),
            PrevEvents = [],
            AuthEvents = [],
            Depth = 1,
            OriginServerTs = 1_000_000,
        };

    public static byte[] Canonical(string json)
    {
        using var document = JsonDocument.Parse(json);
        return CanonicalJson.Serialize(document.RootElement);
    }

    public static JsonObject Object(ReadOnlyMemory<byte> json) =>
        JsonNode.Parse(Encoding.UTF8.GetString(json.Span))!.AsObject();

    private static ServerSigningKey LoadKey()
    {
        UnpaddedBase64.TryDecode("YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1", out var seed);
        return ServerSigningKey.Import("ed25519:1", seed);
    }
}
