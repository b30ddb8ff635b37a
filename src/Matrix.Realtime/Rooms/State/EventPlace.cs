using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Rooms.State;

/// <summary>Where an event stands in its room.</summary>
/// <param name="EventId">The event.</param>
/// <param name="Position">Its place in the stream.</param>
/// <param name="ThreadRoot">The root of the thread that it is in; null in the main timeline.</param>
internal sealed record EventPlace(EventId EventId, StreamPosition Position, EventId? ThreadRoot);
