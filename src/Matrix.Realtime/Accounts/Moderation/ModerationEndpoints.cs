using Matrix.Realtime.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.Accounts.Moderation;

/// <summary>Locking and suspending accounts (client-server API, "Server administration").</summary>
internal static class ModerationEndpoints
{
    public static RouteGroupBuilder MapModeration(this RouteGroupBuilder group)
    {
        group.MapGet("/admin/lock/{userId}", GetLockAsync).WithName("getAdminLockUser");
        group.MapPut("/admin/lock/{userId}", SetLockAsync).WithName("setAdminLockUser");
        group.MapGet("/admin/suspend/{userId}", GetSuspensionAsync).WithName("getAdminSuspendUser");
        group.MapPut("/admin/suspend/{userId}", SetSuspensionAsync).WithName("setAdminSuspendUser");
        return group;
    }

    private static async Task<Ok<LockedStatus>> GetLockAsync(
        string userId, Requester requester, ModerationService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(new LockedStatus(
            await service.HasAsync(requester, userId, AccountRestriction.Locked, cancellationToken)));

    private static async Task<Ok<LockedStatus>> SetLockAsync(
        string userId,
        JsonBody<LockedStatus> body,
        Requester requester,
        ModerationService service,
        CancellationToken cancellationToken)
    {
        await service.SetAsync(requester, userId, AccountRestriction.Locked, body.Value.Locked, cancellationToken);
        return TypedResults.Ok(body.Value);
    }

    private static async Task<Ok<SuspendedStatus>> GetSuspensionAsync(
        string userId, Requester requester, ModerationService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(new SuspendedStatus(
            await service.HasAsync(requester, userId, AccountRestriction.Suspended, cancellationToken)));

    private static async Task<Ok<SuspendedStatus>> SetSuspensionAsync(
        string userId,
        JsonBody<SuspendedStatus> body,
        Requester requester,
        ModerationService service,
        CancellationToken cancellationToken)
    {
        await service.SetAsync(requester, userId, AccountRestriction.Suspended, body.Value.Suspended, cancellationToken);
        return TypedResults.Ok(body.Value);
    }
}
