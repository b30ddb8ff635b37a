using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.Accounts.InteractiveAuthentication;

/// <summary>Lets an endpoint ask its callers to authenticate interactively.</summary>
internal static class InteractiveEndpoint
{
    public static RouteHandlerBuilder WithInteractiveAuthentication(this RouteHandlerBuilder endpoint) =>
        endpoint.AddEndpointFilter(AnswerAsync);

    private static async ValueTask<object?> AnswerAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (AuthenticationRequiredException required)
        {
            return TypedResults.Json(
                required.Challenge,
                AccountsJsonContext.Default.AuthenticationChallenge,
                statusCode: StatusCodes.Status401Unauthorized);
        }
    }
}
