using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Search.Events;

/// <summary>What is looked for in the index, and where.</summary>
internal sealed record SearchQuery
{
    public required SearchTerm Term { get; init; }

    public required IReadOnlyList<SearchKey> Keys { get; init; }

    public required IReadOnlyList<RoomId> Rooms { get; init; }

    public required SearchOrder Order { get; init; }

    /// <summary>The last position looked at.</summary>
    public required StreamPosition Through { get; init; }

    /// <summary>The hit after which to go on; null for the first.</summary>
    public (int WordCount, StreamPosition Position)? After { get; init; }
}
