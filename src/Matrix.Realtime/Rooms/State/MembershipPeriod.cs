using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Rooms.State;

/// <summary>From the position on, until the next period, this was the membership of the user in the room.</summary>
internal readonly record struct MembershipPeriod(StreamPosition From, string Membership);
