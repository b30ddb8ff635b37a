namespace Matrix.Realtime.Streams;

/// <summary>
/// Wakes for changes that may wait a little: all that gather within the delay of the first end their waits together.
/// Reads do not wait for it.
/// </summary>
internal sealed class DeferredWakes : IDisposable
{
    /// <summary>Guards the fields below. Never held while a signal completes.</summary>
    private readonly Lock _lock = new();

    private readonly ITimer _timer;
    private HashSet<UserFeed> _feeds = [];

    public DeferredWakes(TimeProvider time) => _timer = time.CreateTimer(
        static wakes => ((DeferredWakes)wakes!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Wakes those of the feed's readers who want one of the changes they were told of, before long.</summary>
    public void Add(UserFeed feed, TimeSpan within)
    {
        lock (_lock)
        {
            if (_feeds.Add(feed) && _feeds.Count == 1)
            {
                _timer.Change(within, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Fire()
    {
        HashSet<UserFeed> due;
        lock (_lock)
        {
            (due, _feeds) = (_feeds, []);
        }

        foreach (var feed in due)
        {
            feed.CompleteDue();
        }
    }
}
