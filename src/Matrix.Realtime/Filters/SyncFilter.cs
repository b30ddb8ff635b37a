namespace Matrix.Realtime.Filters;

/// <summary>
/// What a client wants of a sync: the specification's <c>Filter</c>, prepared for matching. Immutable.
/// </summary>
internal sealed class SyncFilter
{
    /// <summary>Everything, as when a sync names no filter.</summary>
    public static readonly SyncFilter Default = new();

    /// <summary>The fields that events of rooms need have; null means all.</summary>
    public EventFields? EventFields { get; init; }

    /// <summary>How events of rooms are encoded.</summary>
    public EventFormat EventFormat { get; init; }

    public EventFilter Presence { get; init; } = EventFilter.All;

    /// <summary>The account data that belongs to no room.</summary>
    public EventFilter AccountData { get; init; } = EventFilter.All;

    public RoomFilter Room { get; init; } = RoomFilter.Default;
}
