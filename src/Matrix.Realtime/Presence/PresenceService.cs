using Matrix.Realtime.Accounts;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Presence;

/// <summary>Tells and takes presence.</summary>
internal sealed class PresenceService(
    PresenceTracker tracker,
    PresenceReader reader,
    LiveState live,
    PresenceTable table,
    RoomStates states,
    AccountDirectory accounts,
    IOptions<RealtimeOptions> options)
{
    /// <summary>What the caller may see of a user's presence: their own, and that of those they share a room with.</summary>
    /// <exception cref="MatrixException">403: they share no room; 404: there is no such user.</exception>
    public async Task<PresenceStatus> GetAsync(Requester requester, UserId userId, CancellationToken cancellationToken)
    {
        if (!options.Value.Presence.Enabled)
        {
            return PresenceStatus.Offline;
        }

        if (requester.UserId != userId && !await ShareRoomAsync(requester.UserId, userId, cancellationToken))
        {
            throw await accounts.ExistsAsync(userId, cancellationToken)
                ? MatrixException.Forbidden("You share no room with this user.")
                : MatrixException.NotFound("There is no such user on this server.");
        }

        return PresenceStatus.From(reader.ToEvent(await live.GetAsync(live.Current, table, userId, cancellationToken)));
    }

    /// <summary>Sets the caller's own presence.</summary>
    /// <exception cref="MatrixException">403 for another user's; M_INVALID_PARAM: there is no such state.</exception>
    public async Task SetAsync(
        Requester requester, UserId userId, SetPresenceRequest request, CancellationToken cancellationToken)
    {
        if (requester.UserId != userId)
        {
            throw MatrixException.Forbidden("You cannot set the presence of another user.");
        }

        var state = PresenceStates.Parse(request.Presence, "presence");
        if (options.Value.Presence.Enabled)
        {
            await tracker.DeclareAsync(requester, state, request.StatusMessage, cancellationToken);
        }
    }

    private async ValueTask<bool> ShareRoomAsync(UserId one, UserId other, CancellationToken cancellationToken)
    {
        var view = live.Current;
        var rooms = await states.GetUserRoomsAsync(view, one, cancellationToken);
        var others = await states.GetUserRoomsAsync(view, other, cancellationToken);
        return rooms.Joined.Any(roomId => others[roomId].IsJoined);
    }
}
