namespace Matrix.Realtime;

/// <summary>Typing notifications.</summary>
public sealed class TypingOptions
{
    /// <summary>How long somebody types when the client names no timeout.</summary>
    public TimeSpan DefaultTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest a client may ask for; longer timeouts are shortened to it.</summary>
    public TimeSpan MaxTimeout { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>Whether a message ends its sender's typing in that room.</summary>
    public bool EndOnMessage { get; set; } = true;

    /// <summary>How often one user may set typing, over all rooms. Unlimited unless set.</summary>
    public RateLimitOptions RateLimit { get; } = new();
}
