using Matrix.Realtime.Errors;
using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.Http;

/// <summary>
/// Finds out who calls by their access token, from the Authorization header or the query, and refuses in the protocol's
/// words whom the endpoint does not know.
/// </summary>
/// <remarks>
/// The framework's authentication would make a principal, a ticket and a service scope of every token: several times the
/// memory of a waiting sync. Its schemes and policies are left to the host.
/// </remarks>
internal sealed class AccessTokenMiddleware(
    RequestDelegate next, IAccessTokenVerifier verifier, IDeviceSightings sightings)
{
    private const string BearerPrefix = "Bearer ";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<AccessTokenMetadata>() is not { IsRequired: var isRequired })
        {
            return next(context);
        }

        if (ReadToken(context.Request) is not { } token)
        {
            return isRequired ? ErrorResponse.WriteAsync(context, MatrixException.MissingToken()) : next(context);
        }

        try
        {
            var verification = verifier.VerifyAsync(token, context.RequestAborted);
            return verification.IsCompletedSuccessfully
                ? ContinueAsync(context, isRequired, verification.Result)
                : ContinueAsync(context, isRequired, verification.AsTask());
        }
        catch (MatrixException refusal)
        {
            return RefuseAsync(context, isRequired, refusal);
        }
    }

    private async Task ContinueAsync(HttpContext context, bool isRequired, Task<Requester?> verification)
    {
        Requester? requester;
        try
        {
            requester = await verification;
        }
        catch (MatrixException refusal)
        {
            await RefuseAsync(context, isRequired, refusal);
            return;
        }

        await ContinueAsync(context, isRequired, requester);
    }

    private Task ContinueAsync(HttpContext context, bool isRequired, Requester? requester)
    {
        if (requester is null)
        {
            return RefuseAsync(context, isRequired, MatrixException.UnknownToken());
        }

        sightings.OnSeen(requester, context.Connection.RemoteIpAddress);
        context.Features.Set(requester);
        return next(context);
    }

    // What is open to anybody, such as refreshing a token that has expired, is so to whoever sends a useless one.
    private Task RefuseAsync(HttpContext context, bool isRequired, MatrixException refusal) =>
        isRequired ? ErrorResponse.WriteAsync(context, refusal) : next(context);

    /// <summary>The access token that a request presents, if any.</summary>
    public static string? ReadToken(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var token = header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase)
            ? header[BearerPrefix.Length..].Trim()
            : request.Query["access_token"].ToString();
        return token.Length == 0 ? null : token;
    }
}
