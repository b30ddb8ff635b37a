namespace Matrix.Realtime.Http;

/// <summary>Knows whom an access token belongs to.</summary>
internal interface IAccessTokenVerifier
{
    /// <summary>The token's owner, or null when the token is unknown, expired or logged out.</summary>
    ValueTask<Requester?> VerifyAsync(string accessToken, CancellationToken cancellationToken);
}
