using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Reading;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Search.Events;

/// <summary>A page of results with all that is told besides.</summary>
internal sealed record SearchAnswer
{
    public required SearchTerm Term { get; init; }

    public required SearchPage Page { get; init; }

    /// <summary>What is told with the events of each room.</summary>
    public required IReadOnlyDictionary<RoomId, EventDetails> Details { get; init; }

    /// <summary>What stands around each result; empty unless it is wanted.</summary>
    public required IReadOnlyDictionary<EventId, ResultContext> Contexts { get; init; }

    /// <summary>The state of the rooms of the results; null unless it is wanted.</summary>
    public required IReadOnlyDictionary<RoomId, IReadOnlyCollection<RoomEvent>>? States { get; init; }

    /// <summary>By what the results are grouped, each <c>room_id</c> or <c>sender</c>.</summary>
    public required IReadOnlyList<string> Groupings { get; init; }
}
