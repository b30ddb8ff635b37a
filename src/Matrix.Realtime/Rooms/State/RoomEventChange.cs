using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Versions;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Rooms.State;

/// <summary>An event was added to a room, and perhaps redacted another.</summary>
internal sealed class RoomEventChange(RoomVersion version, Pdu pdu) : StreamChange
{
    private readonly UserId? _member =
        pdu.Membership is not null && Identifiers.UserId.TryParse(pdu.StateKey, out var member) ? member : null;

    private RoomEvent? _event;

    public RoomVersion Version { get; } = version;

    public Pdu Pdu { get; } = pdu;

    public DeviceId? DeviceId { get; init; }

    public string? TransactionId { get; init; }

    /// <inheritdoc cref="EventRow.Replaces"/>
    public StreamPosition? Replaces { get; init; }

    /// <inheritdoc cref="EventRow.ThreadRoot"/>
    public EventId? ThreadRoot { get; init; }

    /// <inheritdoc cref="EventRow.MemberCount"/>
    public int MemberCount { get; init; }

    /// <inheritdoc cref="EventRow.MayNotifyRoom"/>
    public bool MayNotifyRoom { get; init; }

    /// <summary>The event that this one relates to, if it is in the room.</summary>
    public RoomEvent? RelatesTo { get; init; }

    /// <summary>The event that this one redacts, before.</summary>
    public RoomEvent? Redacts { get; init; }

    /// <summary>What the redaction leaves of it.</summary>
    public Pdu? Redacted { get; init; }

    /// <summary>The event at its position, one object for everyone.</summary>
    public RoomEvent Event => _event ??= new RoomEvent
    {
        Position = Position,
        Pdu = Pdu,
        DeviceId = DeviceId,
        TransactionId = TransactionId,
        Replaces = Replaces,
        ThreadRoot = ThreadRoot,
        MemberCount = MemberCount,
        MayNotifyRoom = MayNotifyRoom,
    };

    public override StreamChange? Amends => Redacts is { } target && Redacted is { } redacted
        ? new RoomEventChange(Version, redacted)
        {
            Position = target.Position,
            DeviceId = target.DeviceId,
            TransactionId = target.TransactionId,
            Replaces = target.Replaces,
            ThreadRoot = target.ThreadRoot,
            MemberCount = target.MemberCount,
            MayNotifyRoom = target.MayNotifyRoom,
        }
        : null;

    public override ChangeKinds Kind => ChangeKinds.Events;

    public override RoomId? RoomId => Pdu.RoomId;

    public override UserId? UserId => _member;

    public override bool? Joins => _member is null ? null : Pdu.Membership == Memberships.Join;
}
