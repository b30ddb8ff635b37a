using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.Rooms.Upgrades;

/// <summary>Replacing a room by one of another version (client-server API, "Room Upgrades").</summary>
internal static class RoomUpgradeEndpoints
{
    public static RouteGroupBuilder MapRoomUpgrades(this RouteGroupBuilder group)
    {
        group.MapPost("/rooms/{roomId}/upgrade", UpgradeAsync).WithName("upgradeRoom").ClosedToSuspended().CountsAsActivity();
        return group;
    }

    private static async Task<Ok<UpgradeRoomResponse>> UpgradeAsync(
        RoomId roomId,
        JsonBody<UpgradeRoomRequest> body,
        Requester requester,
        RoomUpgradeService service,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(new UpgradeRoomResponse(
            await service.UpgradeAsync(requester.UserId, roomId, body.Value, cancellationToken)));
}
