using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Streams;

/// <summary>
/// What is kept for a user who polls: who of their requests waits, and which rooms changed lately, newest first, so
/// that a sync looks at changed rooms only.
/// </summary>
internal sealed class UserFeed(UserId userId, StreamPosition since)
{
    /// <summary>Guards everything below. Never held while a signal completes.</summary>
    private readonly Lock _lock = new();

    private readonly StreamPosition _since = since;
    private readonly RecentKeys<RoomId> _rooms = new();
    private readonly RecentKeys<RoomId> _roomsOfPresence = new();
    private readonly RecentKeys<RoomId> _roomsOfDeviceLists = new();
    private ImmutableArray<ChangeSignal> _waiting = [];
    private StreamPosition _changedAt = since;

    public UserId UserId { get; } = userId;

    /// <summary>
    /// Whether no request has touched the feed since the last sweep. Guarded by the gate of the live state.
    /// </summary>
    public bool Idle { get; set; }

    /// <summary>How many requests wait right now.</summary>
    public int Waiters => Waiting.Length;

    /// <summary>
    /// The last change of any kind that concerns the user, or the beginning of the feed. As with rooms, everything that
    /// a view sampled before holds is in it.
    /// </summary>
    public StreamPosition ChangedAt
    {
        get
        {
            lock (_lock)
            {
                return _changedAt;
            }
        }
    }

    private ImmutableArray<ChangeSignal> Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting;
            }
        }
    }

    /// <summary>Begins a wait. Capture first, then sample the view, then read; wait only if that was empty.</summary>
    public ChangeSignal Capture(IChangeInterest interest)
    {
        var signal = new ChangeSignal(this, interest);
        lock (_lock)
        {
            _waiting = _waiting.Add(signal);
        }

        return signal;
    }

    /// <summary>
    /// The rooms that changed after <paramref name="position"/>; false when that is before the feed began, so that the
    /// caller has to look at every room.
    /// </summary>
    public bool TryGetChangedRooms(StreamPosition position, [NotNullWhen(true)] out List<RoomId>? rooms) =>
        TryGet(_rooms, position, out rooms);

    /// <summary>The same for the rooms with news of a kind about their members.</summary>
    /// <seealso cref="LiveState.GetPeers"/>
    public bool TryGetRoomsOfPeers(
        ChangeKinds kind, StreamPosition position, [NotNullWhen(true)] out List<RoomId>? rooms) =>
        TryGet(RoomsOfPeers(kind), position, out rooms);

    internal void Record(RoomId? roomId, StreamPosition position)
    {
        lock (_lock)
        {
            _changedAt = position;
            if (roomId is { } changed)
            {
                _rooms.Record(changed, position);
            }
        }
    }

    internal void RecordPeers(ChangeKinds kind, RoomId roomId, StreamPosition position)
    {
        lock (_lock)
        {
            RoomsOfPeers(kind).Record(roomId, position);
        }
    }

    internal void Tell(StreamChange change)
    {
        foreach (var signal in Waiting)
        {
            signal.Tell(change);
        }
    }

    /// <summary>Tells the waiting requests without waking them yet; returns whether one is to be woken.</summary>
    internal bool TellForLater(StreamChange change)
    {
        var isDue = false;
        foreach (var signal in Waiting)
        {
            isDue |= signal.TellForLater(change);
        }

        return isDue;
    }

    internal void CompleteDue()
    {
        foreach (var signal in Waiting)
        {
            if (signal.IsDue)
            {
                signal.Complete();
            }
        }
    }

    internal void CompleteAll()
    {
        foreach (var signal in Waiting)
        {
            signal.Complete();
        }
    }

    internal void Release(ChangeSignal signal)
    {
        lock (_lock)
        {
            _waiting = _waiting.Remove(signal);
        }
    }

    private RecentKeys<RoomId> RoomsOfPeers(ChangeKinds kind) =>
        kind == ChangeKinds.Presence ? _roomsOfPresence : _roomsOfDeviceLists;

    private bool TryGet(
        RecentKeys<RoomId> recent, StreamPosition position, [NotNullWhen(true)] out List<RoomId>? rooms)
    {
        rooms = null;
        if (position < _since)
        {
            return false;
        }

        lock (_lock)
        {
            rooms = recent.After(position).ConvertAll(room => room.Key);
        }

        return true;
    }
}
