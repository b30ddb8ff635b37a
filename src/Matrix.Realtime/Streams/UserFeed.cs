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

    private readonly LinkedList<(RoomId RoomId, StreamPosition Position)> _newestFirst = new();
    private readonly Dictionary<RoomId, LinkedListNode<(RoomId RoomId, StreamPosition Position)>> _byRoom = [];
    private ImmutableArray<ChangeSignal> _waiting = [];

    public UserId UserId { get; } = userId;

    /// <summary>
    /// Whether no request has touched the feed since the last sweep. Guarded by the gate of the live state.
    /// </summary>
    public bool Idle { get; set; }

    /// <summary>How many requests wait right now.</summary>
    public int Waiters => Waiting.Length;

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
    public bool TryGetChangedRooms(StreamPosition position, [NotNullWhen(true)] out List<RoomId>? rooms)
    {
        rooms = null;
        if (position < since)
        {
            return false;
        }

        rooms = [];
        lock (_lock)
        {
            for (var node = _newestFirst.First; node is not null && node.Value.Position > position; node = node.Next)
            {
                rooms.Add(node.Value.RoomId);
            }
        }

        return true;
    }

    internal void Record(RoomId roomId, StreamPosition position)
    {
        lock (_lock)
        {
            if (_byRoom.TryGetValue(roomId, out var node))
            {
                _newestFirst.Remove(node);
                node.Value = (roomId, position);
            }
            else
            {
                node = new((roomId, position));
                _byRoom.Add(roomId, node);
            }

            _newestFirst.AddFirst(node);
        }
    }

    internal void Tell(StreamChange change)
    {
        foreach (var signal in Waiting)
        {
            signal.Tell(change);
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
}
