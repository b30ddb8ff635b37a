namespace Matrix.Realtime.Accounts.InteractiveAuthentication;

/// <summary>
/// Ends a request whose sender has to authenticate first; <see cref="InteractiveEndpoint"/> answers it.
/// </summary>
internal sealed class AuthenticationRequiredException(AuthenticationChallenge challenge)
    : Exception("Interactive authentication is required.")
{
    public AuthenticationChallenge Challenge { get; } = challenge;
}
