namespace Matrix.Realtime.Accounts.Tokens;

/// <summary>Tokens as their owner is told them. The one place where they are still readable.</summary>
/// <param name="AccessToken">What to call with.</param>
/// <param name="RefreshToken">What to get the next tokens with, for clients that asked for one.</param>
/// <param name="ExpiresInMs">How long the access token is valid, if not for good.</param>
internal sealed record IssuedTokens(string AccessToken, string? RefreshToken, long? ExpiresInMs)
{
    // The one a record generates would print the tokens.
    public override string ToString() => nameof(IssuedTokens);
}
