using Matrix.Realtime.Filters;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Presence;

/// <summary>What a sync asks about the presence of others.</summary>
internal sealed record PresenceQuery
{
    public required UserId UserId { get; init; }

    /// <summary>What the client has already; null if it has nothing.</summary>
    public required StreamPosition? Since { get; init; }

    public required LiveView View { get; init; }

    public required UserFeed Feed { get; init; }

    public required UserRooms Rooms { get; init; }

    public required EventFilter Filter { get; init; }

    /// <summary>Those whom the user ignores.</summary>
    public required IReadOnlySet<UserId> Ignored { get; init; }

    /// <summary>Those whom the user has begun or ceased to ignore since.</summary>
    public required IReadOnlySet<UserId> Reconsidered { get; init; }
}
