using System.Text.Json;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.Rooms.State;

/// <summary>An event of a room as live state holds it, encoded for clients once.</summary>
internal sealed class RoomEvent
{
    private byte[]? _clientPiece;

    public required StreamPosition Position { get; init; }

    public required Pdu Pdu { get; init; }

    /// <summary>The device that sent the event, to which alone <see cref="TransactionId"/> is shown.</summary>
    public DeviceId? DeviceId { get; init; }

    public string? TransactionId { get; init; }

    /// <summary>The redaction of this event, when it is redacted; <see cref="Pdu"/> is then what that left.</summary>
    public RoomEvent? RedactedBecause { get; init; }

    /// <inheritdoc cref="EventRow.Replaces"/>
    public StreamPosition? Replaces { get; init; }

    /// <inheritdoc cref="EventRow.ThreadRoot"/>
    public EventId? ThreadRoot { get; init; }

    /// <inheritdoc cref="EventRow.MemberCount"/>
    public int MemberCount { get; init; }

    /// <inheritdoc cref="EventRow.MayNotifyRoom"/>
    public bool MayNotifyRoom { get; init; }

    public EventPlace Place => new(EventId, Position, ThreadRoot);

    public EventId EventId => Pdu.EventId;

    public string Type => Pdu.Type;

    public string? StateKey => Pdu.StateKey;

    public UserId Sender => Pdu.Sender;

    public JsonElement Content => Pdu.Content;

    /// <summary>
    /// What all recipients share: see <see cref="ClientEventFormat.Encode"/>. Racing encodings are equal.
    /// </summary>
    public ReadOnlySpan<byte> ClientPiece => _clientPiece ??= ClientEventFormat.Encode(Pdu);

    /// <summary>
    /// This event once another, or it itself, is redacted: unchanged unless it is or shows that event.
    /// </summary>
    public RoomEvent AfterRedaction(RoomEvent target, Pdu redacted, RoomEvent because) =>
        Position == target.Position ? With(redacted, because)
        : RedactedBecause?.Position == target.Position ? With(Pdu, target.With(redacted, redactedBecause: null))
        : this;

    public static RoomEvent From(EventRow row, RoomEvent? redactedBecause = null) => new()
    {
        Position = row.Position,
        Pdu = row.ToPdu(),
        DeviceId = row.DeviceId,
        TransactionId = row.TransactionId,
        RedactedBecause = redactedBecause,
        Replaces = row.Replaces,
        ThreadRoot = row.ThreadRoot,
        MemberCount = row.MemberCount,
        MayNotifyRoom = row.MayNotifyRoom,
    };

    /// <summary>The event with what a redaction left of it; its place in the room stays.</summary>
    public RoomEvent With(Pdu pdu, RoomEvent? redactedBecause) => new()
    {
        Position = Position,
        Pdu = pdu,
        DeviceId = DeviceId,
        TransactionId = TransactionId,
        RedactedBecause = redactedBecause,
        Replaces = Replaces,
        ThreadRoot = ThreadRoot,
        MemberCount = MemberCount,
        MayNotifyRoom = MayNotifyRoom,
    };
}
