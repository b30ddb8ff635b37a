using Microsoft.Extensions.Hosting;

namespace Matrix.Realtime.Streams;

/// <summary>
/// Ends the feeds of users who stopped polling, after one to two intervals, and all waits once the server stops.
/// </summary>
internal sealed class FeedUpkeep(LiveState live, IHostApplicationLifetime lifetime, TimeProvider time)
    : IHostedService, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private ITimer? _timer;
    private CancellationTokenRegistration _stopping;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _timer = time.CreateTimer(_ => live.DropIdleFeeds(), null, Interval, Interval);

        // Once for all waits: a registration of each would be a good part of its memory.
        _stopping = lifetime.ApplicationStopping.Register(live.CompleteAllWaits);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _stopping.Dispose();
    }
}
