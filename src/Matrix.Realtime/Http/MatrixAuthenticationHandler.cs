using System.Security.Claims;
using Matrix.Realtime.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Matrix.Realtime.Http;

/// <summary>
/// Authenticates by access token, from the Authorization header or the query, and refuses in the protocol's words.
/// </summary>
internal sealed class MatrixAuthenticationHandler : IAuthenticationHandler
{
    /// <summary>The name of the authentication scheme.</summary>
    public const string Scheme = "Matrix";

    /// <summary>Requires a valid access token.</summary>
    public static readonly AuthorizationPolicy Policy =
        new AuthorizationPolicyBuilder(Scheme).RequireAuthenticatedUser().Build();

    private const string BearerPrefix = "Bearer ";

    private HttpContext _context = null!;
    private Task<AuthenticateResult>? _result;
    private MatrixException? _refusal;

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        _context = context;
        return Task.CompletedTask;
    }

    // Asked by the authentication and by the authorization middleware; the token is looked up once.
    public Task<AuthenticateResult> AuthenticateAsync() => _result ??= VerifyAsync();

    public Task ChallengeAsync(AuthenticationProperties? properties) =>
        ErrorResponse.WriteAsync(_context, ReadToken(_context.Request) is null
            ? new MatrixException(
                StatusCodes.Status401Unauthorized, MatrixErrorCodes.MissingToken, "Missing access token")
            : _refusal ?? MatrixException.UnknownToken());

    public Task ForbidAsync(AuthenticationProperties? properties) =>
        ErrorResponse.WriteAsync(_context, MatrixException.Forbidden("You may not do that."));

    private async Task<AuthenticateResult> VerifyAsync()
    {
        if (ReadToken(_context.Request) is not { } token)
        {
            return AuthenticateResult.NoResult();
        }

        if (await FindRequesterAsync(token) is not { } requester)
        {
            return AuthenticateResult.NoResult();
        }

        var principal = new ClaimsPrincipal(new RequesterIdentity(requester));
        return AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme));
    }

    private async ValueTask<Requester?> FindRequesterAsync(string token)
    {
        try
        {
            var verifier = _context.RequestServices.GetRequiredService<IAccessTokenVerifier>();
            return await verifier.VerifyAsync(token, _context.RequestAborted);
        }
        catch (MatrixException refusal)
        {
            // Kept until the endpoint asks for a token: others, such as refreshing one, are for anybody.
            _refusal = refusal;
            return null;
        }
    }

    private static string? ReadToken(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var token = header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase)
            ? header[BearerPrefix.Length..].Trim()
            : request.Query["access_token"].ToString();
        return token.Length == 0 ? null : token;
    }
}
