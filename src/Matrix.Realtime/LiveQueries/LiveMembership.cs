using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.LiveQueries;

/// <summary>An event that says of a user whether they are in a room, or how they are called there.</summary>
public sealed record LiveMembership : LiveEvent
{
    internal LiveMembership()
    {
    }

    /// <summary>Who is in the room or not; <see cref="LiveChange.UserId"/> says so.</summary>
    public required UserId Member { get; init; }

    /// <summary><c>join</c>, <c>invite</c>, <c>knock</c>, <c>leave</c> or <c>ban</c>.</summary>
    public required string Membership { get; init; }
}
