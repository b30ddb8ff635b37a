using Matrix.Realtime.Errors;

namespace Matrix.Realtime.Http;

/// <summary>Knows whom an access token belongs to.</summary>
internal interface IAccessTokenVerifier
{
    /// <summary>The token's owner, or null when the token is unknown or logged out.</summary>
    /// <exception cref="MatrixException">The token cannot be used, in particular because it has expired.</exception>
    ValueTask<Requester?> VerifyAsync(string accessToken, CancellationToken cancellationToken);
}
