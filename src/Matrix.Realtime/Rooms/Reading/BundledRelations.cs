using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Rooms.Reading;

/// <summary>
/// What other events say about one, for one recipient (client-server API, "Aggregations of child events").
/// </summary>
internal sealed record BundledRelations
{
    /// <summary>The latest edit.</summary>
    public RoomEvent? Replacement { get; init; }

    /// <summary>The thread that the event is the root of.</summary>
    public ThreadSummary? Thread { get; init; }

    /// <summary>The events that refer to it, the oldest first.</summary>
    public IReadOnlyList<EventId> References { get; init; } = [];

    public bool IsEmpty => Replacement is null && Thread is null && References.Count == 0;
}
