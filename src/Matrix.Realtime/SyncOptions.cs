namespace Matrix.Realtime;

/// <summary>The <c>/sync</c> long poll.</summary>
public sealed class SyncOptions
{
    /// <summary>How many timeline events a room gets when the filter names no limit.</summary>
    public int DefaultTimelineLimit { get; set; } = 10;

    /// <summary>The most timeline events a room gets, whatever the filter asks for.</summary>
    public int MaxTimelineLimit { get; set; } = 1000;

    /// <summary>
    /// For how many devices that load members lazily it is remembered which they know; others are told again.
    /// </summary>
    public int MaxLazyDevices { get; set; } = 10_000;

    /// <summary>
    /// How many bytes of answers are remembered, for a short time, in case that they are lost and asked for again.
    /// </summary>
    public int MaxRepeatableBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>The longest an empty poll is held open; longer timeouts are shortened to it.</summary>
    public TimeSpan MaxTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a stream says nothing at most: a sign of life follows, which proxies wait for.</summary>
    public TimeSpan StreamHeartbeat { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How many streams one user may hold open, on all devices together.</summary>
    public int MaxStreamsPerUser { get; set; } = 16;
}
