using System.Text.Json;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.LiveQueries;

/// <summary>An event was added to a room: a message, a reaction, a redaction, a piece of state.</summary>
public record LiveEvent : LiveChange
{
    internal LiveEvent()
    {
    }

    /// <summary>The room.</summary>
    public required RoomId RoomId { get; init; }

    /// <summary>The id of the event.</summary>
    public required EventId EventId { get; init; }

    /// <summary>The type, such as <c>m.room.message</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Which piece of state the event sets; null when it is no state event.</summary>
    public string? StateKey { get; init; }

    /// <summary>
    /// The content, a JSON object; of an event that was redacted by the time it is read, what that left of it. Not to
    /// be trusted to have the shape that its type would let expect: clients send what they like.
    /// </summary>
    public required JsonElement Content { get; init; }

    /// <summary>When it was sent, by the server's clock, in UTC and to the millisecond.</summary>
    public required DateTimeOffset OriginServerTs { get; init; }

    /// <summary>The event that this one redacts; null when it is no redaction.</summary>
    public EventId? Redacts { get; init; }
}
