using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Rooms.Reading;

/// <summary>A thread as its root shows it to one recipient.</summary>
/// <param name="Count">How many replies there are.</param>
/// <param name="Latest">The last of them.</param>
/// <param name="HasParticipated">Whether the recipient sent the root or a reply.</param>
internal sealed record ThreadSummary(int Count, RoomEvent Latest, bool HasParticipated);
