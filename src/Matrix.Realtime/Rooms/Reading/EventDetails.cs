using System.Collections.Frozen;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Rooms.Reading;

/// <summary>What one recipient is told with some events of a room that the events do not hold themselves.</summary>
/// <param name="Room">The room as the recipient may see it.</param>
internal sealed record EventDetails(VisibleRoom Room)
{
    /// <summary>What is bundled with the events, and with those in there.</summary>
    public IReadOnlyDictionary<EventId, BundledRelations> Bundled { get; init; } =
        FrozenDictionary<EventId, BundledRelations>.Empty;

    /// <summary>The state events whose place the events took, by their positions.</summary>
    public required IReadOnlyDictionary<StreamPosition, RoomEvent> Replaced { get; init; }

    public RoomEvent? FindReplaced(RoomEvent roomEvent) =>
        roomEvent.Replaces is { } position ? Replaced.GetValueOrDefault(position) : null;

    /// <summary>The redaction of an event, if the recipient may see that.</summary>
    public RoomEvent? FindRedaction(RoomEvent roomEvent) =>
        roomEvent.RedactedBecause is { } redaction && Room.CanSee(redaction.Position) ? redaction : null;

    /// <summary>
    /// Whether the recipient may see the content of a state event. What became of their own membership they were told.
    /// </summary>
    public bool CanSee(RoomEvent state, UserId recipient) =>
        Room.CanSee(state.Position) || (state.Type == EventTypes.Member && state.StateKey == recipient.Value);
}
