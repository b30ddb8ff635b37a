using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Tests.Streams;

/// <summary>A numbered change of a room, of the kind that a feature would append.</summary>
internal sealed class TestChange(RoomId roomId, UserId sender, long number) : StreamChange
{
    public UserId Sender { get; } = sender;

    public long Number { get; } = number;

    public ChangeKinds Kinds { get; init; } = ChangeKinds.Events;

    public UserId? Member { get; init; }

    public bool? Joined { get; init; }

    public TimeSpan Delay { get; init; }

    /// <summary>Whether live state fails to apply the change.</summary>
    public bool IsPoison { get; init; }

    public override ChangeKinds Kind => Kinds;

    public override RoomId? RoomId => roomId;

    public override UserId? UserId => Member;

    public override bool? Joins => Joined;

    public override TimeSpan WakeWithin => Delay;

    public EventRow ToRow() => new()
    {
        Position = Position,
        RoomId = roomId,
        EventId = EventId.Parse($"${Sender.Value[1..]}/{Number}"),
        RoomVersion = "test",
        Sender = Sender,
        OriginServerTs = Number,
        Json = [],
    };
}
