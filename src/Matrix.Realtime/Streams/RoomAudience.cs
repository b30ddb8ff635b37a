using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Streams;

/// <summary>Who polls in a room, and of which of its members they have news.</summary>
internal sealed class RoomAudience
{
    public HashSet<UserFeed> Feeds { get; } = [];

    /// <summary>The members about whom something changed for the others, or who joined, by when.</summary>
    public RecentKeys<UserId> Peers { get; } = new();
}
