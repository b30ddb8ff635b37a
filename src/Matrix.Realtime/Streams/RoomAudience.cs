using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Streams;

/// <summary>Who polls in a room, and of which of its members they have news.</summary>
internal sealed class RoomAudience
{
    public HashSet<UserFeed> Feeds { get; } = [];

    /// <summary>The members whose presence changed for the others, or who joined, by when.</summary>
    public RecentKeys<UserId> Presence { get; } = new();

    /// <summary>The users whose devices changed for the others, or who joined or left, by when.</summary>
    public RecentKeys<UserId> DeviceLists { get; } = new();

    /// <summary>Those about whom there is news of a kind.</summary>
    public RecentKeys<UserId> PeersOf(ChangeKinds kind) => kind == ChangeKinds.Presence ? Presence : DeviceLists;
}
