using Matrix.Realtime.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.Accounts.Login;

/// <summary>Logging in and out (client-server API, "Login" and "Current account information").</summary>
internal static class LoginEndpoints
{
    public static RouteGroupBuilder MapLogin(this RouteGroupBuilder group)
    {
        group.MapGet("/login", GetFlows).WithName("getLoginFlows").WithOptionalAccessToken();
        group.MapPost("/login", LogInAsync).WithName("login").WithOptionalAccessToken()
            .RequireRateLimiting(LoginRateLimitPolicy.Name);
        group.MapPost("/logout", LogOutAsync).WithName("logout").OpenToLocked();
        group.MapPost("/logout/all", LogOutEverywhereAsync).WithName("logout_all").OpenToLocked();
        group.MapGet("/account/whoami", GetTokenOwner).WithName("getTokenOwner");
        return group;
    }

    private static Ok<LoginFlowsResponse> GetFlows() => TypedResults.Ok(LoginFlowsResponse.Current);

    private static async Task<Ok<LoginResponse>> LogInAsync(
        JsonBody<LoginRequest> body,
        LoginService service,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(new LoginResponse(await service.LogInAsync(body.Value, cancellationToken)));

    private static async Task<Ok<EmptyResponse>> LogOutAsync(
        Requester requester,
        DeviceSessions sessions,
        CancellationToken cancellationToken)
    {
        await sessions.CloseAsync(requester, cancellationToken);
        return EmptyResponse.Ok;
    }

    private static async Task<Ok<EmptyResponse>> LogOutEverywhereAsync(
        Requester requester,
        DeviceSessions sessions,
        CancellationToken cancellationToken)
    {
        await sessions.CloseAllAsync(requester.UserId, cancellationToken);
        return EmptyResponse.Ok;
    }

    private static Ok<WhoamiResponse> GetTokenOwner(Requester requester) =>
        TypedResults.Ok(new WhoamiResponse(requester));
}
