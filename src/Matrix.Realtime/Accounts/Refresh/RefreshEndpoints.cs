using Matrix.Realtime.Accounts.Login;
using Matrix.Realtime.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.Accounts.Refresh;

/// <summary>Exchanging tokens for new ones (client-server API, "Refreshing access tokens").</summary>
internal static class RefreshEndpoints
{
    public static RouteGroupBuilder MapRefresh(this RouteGroupBuilder group)
    {
        group.MapPost("/refresh", RefreshAsync).WithName("refresh").WithOptionalAccessToken()
            .RequireRateLimiting(LoginRateLimitPolicy.Name);
        return group;
    }

    private static async Task<Ok<RefreshResponse>> RefreshAsync(
        JsonBody<RefreshRequest> body,
        RefreshService service,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(new RefreshResponse(await service.RefreshAsync(body.Value.RefreshToken, cancellationToken)));
}
