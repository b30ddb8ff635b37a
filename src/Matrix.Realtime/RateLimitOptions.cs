namespace Matrix.Realtime;

/// <summary>A limit on how often one caller may call something.</summary>
public sealed class RateLimitOptions
{
    /// <summary>How many calls one caller has per <see cref="Window"/>. Unset means no limit.</summary>
    public int? PermitLimit { get; set; }

    /// <summary>The length of a window, after which the count starts anew.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(1);
}
