using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.LiveQueries;

/// <summary>
/// Which changes are wanted: those that every property lets through. An empty query wants everything.
/// </summary>
public sealed record LiveQuery
{
    /// <summary>The kinds of change; all unless set.</summary>
    public LiveKinds Kinds { get; init; } = LiveKinds.All;

    /// <summary>
    /// Only what happens in these rooms. Presence and global account data belong to no room, so they are left out.
    /// Null, as it is unless set, means everywhere.
    /// </summary>
    public IReadOnlyCollection<RoomId>? Rooms { get; init; }

    /// <summary>
    /// Only what concerns these users: who sends an event, types, reads, is there, keeps account data; of a membership
    /// its member as well as its sender. Null, as it is unless set, means everybody.
    /// </summary>
    public IReadOnlyCollection<UserId>? Users { get; init; }
}
