using Matrix.Realtime.Http;

namespace Matrix.Realtime.Sync.Streaming;

/// <summary>A stream that is open.</summary>
internal sealed class SyncStream(SyncStreams streams, Requester requester, params CancellationToken[] ends) : IDisposable
{
    private readonly CancellationTokenSource _ended = CancellationTokenSource.CreateLinkedTokenSource(ends);

    public Requester Requester { get; } = requester;

    /// <summary>Cancelled when the stream is to end: its client or its device is gone, or the server stops.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Ends the stream; those who wait for that go on elsewhere.</summary>
    public void End() => _ = _ended.CancelAsync();

    public void Dispose()
    {
        streams.Remove(this);
        _ended.Dispose();
    }
}
