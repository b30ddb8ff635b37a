using System.Diagnostics.Metrics;

namespace Matrix.Realtime.Sync;

/// <summary>What operators can measure of waiting syncs, under the meter <c>Matrix.Realtime.Sync</c>.</summary>
internal sealed class SyncMetrics
{
    public const string MeterName = "Matrix.Realtime.Sync";

    private readonly UpDownCounter<int> _waiting;
    private readonly Counter<long> _wakes;
    private readonly Counter<long> _repeats;

    public SyncMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _waiting = meter.CreateUpDownCounter<int>("matrix.sync.waiting", "{request}", "Syncs that wait for news.");
        _wakes = meter.CreateCounter<long>("matrix.sync.wakes", "{wake}", "Waits of syncs that a change has ended.");
        _repeats = meter.CreateCounter<long>(
            "matrix.sync.repeats", "{request}", "Syncs answered with what was read before.");
    }

    public void Repeated() => _repeats.Add(1);

    public void WaitBegins() => _waiting.Add(1);

    /// <summary>A wait has ended; by a change, if the time was not up and the client still there.</summary>
    public void WaitEnds(bool byChange)
    {
        _waiting.Add(-1);
        if (byChange)
        {
            _wakes.Add(1);
        }
    }
}
