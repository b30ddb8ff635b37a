using System.Text.Json;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Rooms.Writing;

/// <summary>An event that somebody wants to add to a room, before the room's loop gives it its place.</summary>
internal sealed record EventDraft
{
    public required string Type { get; init; }

    /// <summary>Null unless the event is to be state.</summary>
    public string? StateKey { get; init; }

    public required UserId Sender { get; init; }

    /// <summary>The content in canonical JSON.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>The content to look into, parsed anew each time.</summary>
    public JsonElement ParseContent() => JsonElement.Parse(Content.Span);

    /// <summary>The event to redact, for a redaction.</summary>
    public EventId? Redacts { get; init; }

    /// <summary>Whether the sender may redact no event of another, whatever their power.</summary>
    public bool RedactsOwnOnly { get; init; }

    /// <summary>The sending device, when it gave a transaction identifier.</summary>
    public DeviceId? DeviceId { get; init; }

    public string? TransactionId { get; init; }
}
