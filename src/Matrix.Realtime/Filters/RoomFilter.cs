using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Filters;

/// <summary>Which rooms are wanted, and what of them.</summary>
internal sealed class RoomFilter
{
    /// <summary>All rooms but those left, with everything in them.</summary>
    public static readonly RoomFilter Default = new();

    /// <summary>The rooms wanted, whatever the sections say.</summary>
    public IdSelection<RoomId> Rooms { get; init; } = IdSelection<RoomId>.All;

    /// <summary>Whether rooms are wanted that the user has left.</summary>
    public bool IncludeLeave { get; init; }

    public RoomEventFilter Ephemeral { get; init; } = RoomEventFilter.All;

    public RoomEventFilter State { get; init; } = RoomEventFilter.All;

    public RoomEventFilter Timeline { get; init; } = RoomEventFilter.All;

    public RoomEventFilter AccountData { get; init; } = RoomEventFilter.All;

    /// <summary>
    /// Whether unread counts are wanted for each thread. Clients say so in the timeline, or in another section.
    /// </summary>
    public bool UnreadThreadNotifications => Sections.Any(section => section.UnreadThreadNotifications);

    private RoomEventFilter[] Sections => [Timeline, State, Ephemeral, AccountData];

    public bool Allows(RoomId roomId) => Rooms.Allows(roomId);
}
