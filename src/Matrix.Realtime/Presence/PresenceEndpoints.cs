using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.Presence;

/// <summary>Presence (client-server API, "Presence").</summary>
internal static class PresenceEndpoints
{
    public static RouteGroupBuilder MapPresence(this RouteGroupBuilder group)
    {
        group.MapGet("/presence/{userId}/status", GetAsync).WithName("getPresence");
        group.MapPut("/presence/{userId}/status", SetAsync).WithName("setPresence");
        return group;
    }

    private static async Task<Ok<PresenceStatus>> GetAsync(
        UserId userId, Requester requester, PresenceService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(await service.GetAsync(requester, userId, cancellationToken));

    private static async Task<Ok<EmptyResponse>> SetAsync(
        UserId userId,
        JsonBody<SetPresenceRequest> body,
        Requester requester,
        PresenceService service,
        CancellationToken cancellationToken)
    {
        await service.SetAsync(requester, userId, body.Value, cancellationToken);
        return EmptyResponse.Ok;
    }
}
