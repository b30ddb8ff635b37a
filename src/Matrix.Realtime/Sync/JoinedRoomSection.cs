using Matrix.Realtime.AccountData;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Reading;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.UnreadCounts;

namespace Matrix.Realtime.Sync;

/// <summary>A room that the recipient is joined to.</summary>
internal sealed record JoinedRoomSection : RoomSection
{
    public required Timeline Timeline { get; init; }

    public required IReadOnlyCollection<RoomEvent> State { get; init; }

    /// <summary>What is told with the events of the timeline and of the state.</summary>
    public required EventDetails Details { get; init; }

    /// <summary>Null when it cannot have changed.</summary>
    public RoomSummary? Summary { get; init; }

    /// <summary>The encoded <c>m.typing</c> event; empty when it has not changed.</summary>
    public ReadOnlyMemory<byte> Typing { get; init; }

    /// <summary>The encoded <c>m.receipt</c> events.</summary>
    public IReadOnlyList<byte[]> Receipts { get; init; } = [];

    public IReadOnlyList<AccountDataEntry> AccountData { get; init; } = [];

    /// <summary>What is unread: in the main timeline alone if <see cref="UnreadThreads"/> tells of the threads.</summary>
    public UnreadCount Unread { get; init; }

    /// <summary>The threads where something is unread; null for a client that did not ask for them.</summary>
    public IReadOnlyDictionary<EventId, UnreadCount>? UnreadThreads { get; init; }

    public override string Membership => Memberships.Join;

    public override int Size =>
        SizeOf(Timeline.Events) + SizeOf(State) + SizeOf(AccountData)
        + Typing.Length + Receipts.Sum(receipt => receipt.Length);

    /// <summary>Whether there is no news; counts alone are none.</summary>
    public bool IsEmpty =>
        Timeline.IsEmpty && State.Count == 0 && Summary is null && Typing.IsEmpty && Receipts.Count == 0
        && AccountData.Count == 0;

    /// <summary>
    /// The section with so many ephemeral events at most. Who types is the last to be left out: that they have stopped
    /// is told but once.
    /// </summary>
    public JoinedRoomSection WithEphemeralUpTo(int? limit) => limit is not { } most
        ? this
        : this with
        {
            Typing = most > 0 ? Typing : default,
            Receipts = [.. Receipts.Take(Typing.IsEmpty ? most : most - 1)],
        };
}
