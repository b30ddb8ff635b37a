namespace Matrix.Realtime;

/// <summary>Authentication in several steps, as registering asks for.</summary>
public sealed class InteractiveAuthenticationOptions
{
    /// <summary>How long a client may take from the first step to the last.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromMinutes(15);
}
