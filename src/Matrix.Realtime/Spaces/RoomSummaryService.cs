using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Rooms.Addresses;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Spaces;

/// <summary>Tells what a room is.</summary>
internal sealed class RoomSummaryService(RoomStates states, RoomAddresses addresses, RoomAccess access)
{
    /// <exception cref="MatrixException">404: there is no such room, or the caller may not find it.</exception>
    public async Task<RoomSummaryResponse> GetAsync(
        Requester? requester, string roomIdOrAlias, CancellationToken cancellationToken)
    {
        var roomId = await addresses.ResolveAsync(roomIdOrAlias, cancellationToken);
        var view = states.Current;
        var room = await states.GetRoomAsync(view, roomId, cancellationToken);
        return await access.MayFindAsync(view, room, requester?.UserId, cancellationToken)
            ? RoomSummaryResponse.Of(room, requester is null ? null : room.MembershipOf(requester.UserId))
            : throw MatrixException.NotFound("There is no such room that you may find.");
    }
}
