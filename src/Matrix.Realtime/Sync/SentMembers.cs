using System.Collections.Immutable;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Sync;

/// <summary>The members, by room, that a client has been told of who loads them lazily. Immutable.</summary>
internal sealed class SentMembers
{
    public static readonly SentMembers None = new([], 0);

    /// <summary>Beyond so many, a client is told of members again: that is allowed, and costs less than to remember.</summary>
    private const int MaxCount = 20_000;

    private readonly ImmutableDictionary<RoomId, ImmutableHashSet<string>> _rooms;
    private readonly int _count;

    private SentMembers(ImmutableDictionary<RoomId, ImmutableHashSet<string>> rooms, int count)
    {
        _rooms = rooms;
        _count = count;
    }

    public bool Contains(RoomId roomId, string member) =>
        _rooms.TryGetValue(roomId, out var members) && members.Contains(member);

    /// <summary>These and some more of a room.</summary>
    public SentMembers With(RoomId roomId, IEnumerable<string> members)
    {
        var before = _rooms.GetValueOrDefault(roomId, []);
        var after = before.Union(members);
        var count = _count + after.Count - before.Count;
        return count == _count ? this
            : count > MaxCount ? None
            : new(_rooms.SetItem(roomId, after), count);
    }

    /// <summary>These but for those of a room.</summary>
    public SentMembers Without(RoomId roomId) =>
        _rooms.TryGetValue(roomId, out var members) ? new(_rooms.Remove(roomId), _count - members.Count) : this;

    /// <summary>Those that are among both.</summary>
    public SentMembers And(SentMembers other)
    {
        if (ReferenceEquals(this, other))
        {
            return this;
        }

        return _rooms.Aggregate(
            None, (common, room) => common.With(room.Key, room.Value.Where(member => other.Contains(room.Key, member))));
    }
}
