namespace Matrix.Realtime;

/// <summary>How users come to their access tokens.</summary>
public sealed class LoginOptions
{
    /// <summary>
    /// How often one address may log in, register and refresh tokens, all together: 600 times a minute unless set.
    /// </summary>
    public RateLimitOptions RateLimit { get; } = new() { PermitLimit = 600, Window = TimeSpan.FromMinutes(1) };
}
