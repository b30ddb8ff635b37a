using System.Diagnostics.Metrics;
using Matrix.Realtime.Sync;

namespace Matrix.Realtime.Tests.Sync;

/// <summary>Adds up what one server measures of its waiting syncs, as an exporter would.</summary>
internal sealed class SyncMeter
{
    private readonly MeterListener _listener = new();
    private IMeterFactory? _server;
    private long _waiting;
    private long _wakes;
    private long _repeats;

    public SyncMeter()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == SyncMetrics.MeterName && instrument.Meter.Scope == _server)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((_, count, _, _) => Interlocked.Add(ref _waiting, count));
        _listener.SetMeasurementEventCallback<long>((instrument, count, _, _) =>
            Interlocked.Add(ref instrument.Name == "matrix.sync.wakes" ? ref _wakes : ref _repeats, count));
    }

    public long Waiting => Interlocked.Read(ref _waiting);

    public long Wakes => Interlocked.Read(ref _wakes);

    public long Repeats => Interlocked.Read(ref _repeats);

    public void Listen(IMeterFactory server)
    {
        _server = server;
        _listener.Start();
    }
}
