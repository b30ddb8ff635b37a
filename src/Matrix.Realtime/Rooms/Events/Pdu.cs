using System.Runtime.CompilerServices;
using System.Text.Json;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Versions;

namespace Matrix.Realtime.Rooms.Events;

/// <summary>An immutable event as servers store it: canonical bytes and the fields read from them.</summary>
/// <remarks>
/// The bytes hold no <c>event_id</c> and no <c>unsigned</c>; in room version 12 <c>m.room.create</c> has no
/// <c>room_id</c> in them either.
/// </remarks>
internal sealed class Pdu
{
    // Parsed when first asked for: most events of a room are only copied, never looked into. Racing parses are equal.
    private volatile StrongBox<JsonElement>? _content;

    /// <summary>The canonical encoding, signed and hashed.</summary>
    public required ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>The canonical encoding of the content, a slice of <see cref="Json"/>.</summary>
    public required ReadOnlyMemory<byte> ContentJson { get; init; }

    public required EventId EventId { get; init; }

    public required RoomId RoomId { get; init; }

    public required string Type { get; init; }

    /// <summary>Null unless this is a state event.</summary>
    public required string? StateKey { get; init; }

    public required UserId Sender { get; init; }

    /// <summary>Milliseconds since the Unix epoch, by the sender's clock.</summary>
    public required long OriginServerTs { get; init; }

    public required long Depth { get; init; }

    public required IReadOnlyList<EventId> AuthEvents { get; init; }

    public required IReadOnlyList<EventId> PrevEvents { get; init; }

    /// <summary>The event to redact, wherever the room version puts it; null unless this is a redaction.</summary>
    public required EventId? Redacts { get; init; }

    public bool IsState => StateKey is not null;

    /// <summary>The content, always a JSON object.</summary>
    public JsonElement Content => (_content ??= new(JsonElement.Parse(ContentJson.Span))).Value;

    /// <summary>The <c>membership</c> of an <c>m.room.member</c> event, otherwise null.</summary>
    public string? Membership => Type == EventTypes.Member && IsState ? Content.String("membership") : null;

    /// <summary>Reads an event from its canonical bytes, which are trusted: no hash or signature is checked.</summary>
    /// <exception cref="FormatException">The bytes are not an event of this room version.</exception>
    public static Pdu Parse(RoomVersion version, EventId eventId, ReadOnlyMemory<byte> json) =>
        PduReader.Read(version, eventId, json);

    /// <summary>Whether the event carries a signature of a server; that it is valid was checked on receipt.</summary>
    public bool IsSignedBy(ReadOnlySpan<char> serverName)
    {
        using var document = JsonDocument.Parse(Json);
        return document.RootElement.TryGet("signatures", JsonValueKind.Object, out var signatures)
            && signatures.TryGetProperty(serverName, out _);
    }
}
