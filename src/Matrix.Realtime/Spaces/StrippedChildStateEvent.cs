using System.Text.Json;
using System.Text.Json.Serialization;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.Spaces;

/// <summary>An <c>m.space.child</c> as stripped state, with the time that orders it among its siblings.</summary>
internal sealed record StrippedChildStateEvent
{
    [JsonPropertyName("type")]
    public required string Type { get; init; }

    [JsonPropertyName("state_key")]
    public required string StateKey { get; init; }

    [JsonPropertyName("content")]
    public required JsonElement Content { get; init; }

    [JsonPropertyName("sender")]
    public required UserId Sender { get; init; }

    [JsonPropertyName("origin_server_ts")]
    public required long OriginServerTs { get; init; }

    public static StrippedChildStateEvent Of(Pdu child) => new()
    {
        Type = child.Type,
        StateKey = child.StateKey!,
        Content = child.Content,
        Sender = child.Sender,
        OriginServerTs = child.OriginServerTs,
    };
}
