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
        _listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref _wakes, count));
    }

    public long Waiting => Interlocked.Read(ref _waiting);

    public long Wakes => Interlocked.Read(ref _wakes);

    public void Listen(IMeterFactory server)
    {
        _server = server;
        _listener.Start();
    }
}
