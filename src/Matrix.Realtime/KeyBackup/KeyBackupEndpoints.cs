using Matrix.Realtime.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.KeyBackup;

/// <summary>The versions of the caller's backup (client-server API, "Server-side key backups").</summary>
internal static class KeyBackupEndpoints
{
    public static RouteGroupBuilder MapKeyBackup(this RouteGroupBuilder group)
    {
        group.MapPost("/room_keys/version", CreateAsync).WithName("postRoomKeysVersion");
        group.MapGet("/room_keys/version", GetCurrentAsync).WithName("getRoomKeysVersionCurrent");
        group.MapGet("/room_keys/version/{version}", GetAsync).WithName("getRoomKeysVersion");
        group.MapPut("/room_keys/version/{version}", UpdateAsync).WithName("putRoomKeysVersion");
        group.MapDelete("/room_keys/version/{version}", DeleteAsync).WithName("deleteRoomKeysVersion");
        return group.MapRoomKeys();
    }

    private static async Task<Ok<KeyBackupVersionResponse>> CreateAsync(
        JsonBody<KeyBackupRequest> body,
        Requester requester, KeyBackupService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(await service.CreateAsync(requester, body.Value, cancellationToken));

    private static async Task<Ok<KeyBackupResponse>> GetCurrentAsync(
        Requester requester, KeyBackupService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(await service.GetCurrentAsync(requester.UserId, cancellationToken));

    private static async Task<Ok<KeyBackupResponse>> GetAsync(
        string version, Requester requester, KeyBackupService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(await service.GetAsync(requester.UserId, version, cancellationToken));

    private static async Task<Ok<EmptyResponse>> UpdateAsync(
        string version, JsonBody<KeyBackupRequest> body,
        Requester requester, KeyBackupService service, CancellationToken cancellationToken)
    {
        await service.UpdateAsync(requester.UserId, version, body.Value, cancellationToken);
        return EmptyResponse.Ok;
    }

    private static async Task<Ok<EmptyResponse>> DeleteAsync(
        string version, Requester requester, KeyBackupService service, CancellationToken cancellationToken)
    {
        await service.DeleteAsync(requester.UserId, version, cancellationToken);
        return EmptyResponse.Ok;
    }
}
