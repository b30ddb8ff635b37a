using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Profiles;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Search.Users;

/// <summary>Searches the users whom somebody may know of: who share a room with them or are in an open one.</summary>
internal sealed class UserDirectoryService(RoomStates states, UserDirectoryStore store, ProfileService profiles)
{
    private const int DefaultLimit = 10;

    /// <summary>More than this is never answered at once.</summary>
    private const int MaxLimit = 100;

    public async Task<UserDirectoryResponse> SearchAsync(
        Requester requester, UserDirectoryRequest request, CancellationToken cancellationToken)
    {
        var prefixes = UserNames.PrefixesOf(request.SearchTerm);
        if (prefixes.Count == 0)
        {
            return new([], Limited: false);
        }

        var limit = (int)Math.Min(request.Limit ?? DefaultLimit, MaxLimit);
        var rooms = await states.GetUserRoomsAsync(states.Current, requester.UserId, cancellationToken);
        var found = await store.FindAsync(requester.UserId, [.. rooms.Joined], prefixes, limit + 1, cancellationToken);
        var users = new List<DirectoryUser>();
        foreach (var userId in found.Take(limit))
        {
            users.Add(await DescribeAsync(userId, cancellationToken));
        }

        return new(users, Limited: found.Count > limit);
    }

    private async Task<DirectoryUser> DescribeAsync(UserId userId, CancellationToken cancellationToken)
    {
        var profile = await profiles.GetAsync(userId, cancellationToken);
        return new DirectoryUser(userId, profile.DisplayName, profile.AvatarUrl);
    }
}
