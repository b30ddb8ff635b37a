using Matrix.Realtime.Accounts.InteractiveAuthentication;
using Matrix.Realtime.Accounts.Login;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.Accounts.Registration;

/// <summary>Creating accounts (client-server API, "Account registration and management").</summary>
internal static class RegistrationEndpoints
{
    public static RouteGroupBuilder MapRegistration(this RouteGroupBuilder group)
    {
        group.MapPost("/register", RegisterAsync).WithName("register").WithOptionalAccessToken()
            .WithInteractiveAuthentication().RequireRateLimiting(LoginRateLimitPolicy.Name);
        group.MapGet("/register/available", CheckUsernameAsync).WithName("checkUsernameAvailability")
            .WithOptionalAccessToken().RequireRateLimiting(LoginRateLimitPolicy.Name);
        return group;
    }

    /// <summary>Maps what stands below version 1 of the API.</summary>
    public static RouteGroupBuilder MapRegistrationTokens(this RouteGroupBuilder group)
    {
        group.MapGet("/register/m.login.registration_token/validity", CheckToken)
            .WithName("registrationTokenValidity")
            .WithOptionalAccessToken()
            .RequireRateLimiting(LoginRateLimitPolicy.Name);
        return group;
    }

    private static async Task<Ok<RegisterResponse>> RegisterAsync(
        JsonBody<RegisterRequest> body,
        QueryReader query,
        RegistrationService service,
        CancellationToken cancellationToken)
    {
        RequireUser(query.Text("kind"));
        return TypedResults.Ok(await service.RegisterAsync(body.Value, cancellationToken));
    }

    private static async Task<Ok<UsernameAvailabilityResponse>> CheckUsernameAsync(
        QueryReader query,
        RegistrationService service,
        CancellationToken cancellationToken)
    {
        await service.RequireAvailableAsync(query.RequiredText("username"), cancellationToken);
        return TypedResults.Ok(new UsernameAvailabilityResponse(true));
    }

    private static Ok<RegistrationTokenValidityResponse> CheckToken(QueryReader query, RegistrationService service) =>
        TypedResults.Ok(new RegistrationTokenValidityResponse(service.IsTokenValid(query.RequiredText("token"))));

    private static void RequireUser(string? kind)
    {
        if (kind == "guest")
        {
            throw new MatrixException(
                StatusCodes.Status403Forbidden,
                MatrixErrorCodes.GuestAccessForbidden,
                "This server has no guests.");
        }

        if (kind is not (null or "user"))
        {
            throw MatrixException.InvalidParam("'kind' must be 'user' or 'guest'.");
        }
    }
}
