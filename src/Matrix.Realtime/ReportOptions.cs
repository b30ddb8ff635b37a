namespace Matrix.Realtime;

/// <summary>What users report to whoever runs the server.</summary>
public sealed class ReportOptions
{
    /// <summary>How often one user may report something: ten times a minute unless set.</summary>
    public RateLimitOptions RateLimit { get; } = new() { PermitLimit = 10, Window = TimeSpan.FromMinutes(1) };
}
