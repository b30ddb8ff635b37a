namespace Matrix.Realtime.Streams;

/// <summary>How the change stream is written and followed.</summary>
internal static class StreamLimits
{
    /// <summary>Changes that may wait for the writer before callers wait to queue theirs.</summary>
    public const int QueueCapacity = 8192;

    /// <summary>Changes evaluated into one batch at most.</summary>
    public const int BatchChanges = 512;

    /// <summary>Rows after which a batch takes no further change.</summary>
    public const int BatchRows = 8192;

    /// <summary>Applied changes kept in memory for those who follow the stream.</summary>
    public const int LogCapacity = 4096;

    /// <summary>Changes that a follower of the stream takes at once.</summary>
    public const int PageChanges = 256;

    /// <summary>Followers that read the store at the same time.</summary>
    public const int HistoryReaders = 8;

    /// <summary>Time of evaluating after which a batch takes no further change: the first must not wait long.</summary>
    public static readonly TimeSpan BatchTime = TimeSpan.FromMilliseconds(50);
}
