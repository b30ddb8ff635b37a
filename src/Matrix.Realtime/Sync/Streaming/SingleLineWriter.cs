using System.IO.Pipelines;

namespace Matrix.Realtime.Sync.Streaming;

/// <summary>
/// Passes JSON on as a single line, which is what the data of a server-sent event can be without being cut up. What
/// clients have stored is told in their own words; a line break in it stands between two tokens, where a space is as good.
/// </summary>
internal sealed class SingleLineWriter(PipeWriter output) : PipeWriter
{
    private Memory<byte> _memory;

    public override Memory<byte> GetMemory(int sizeHint = 0) => _memory = output.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        var written = _memory.Span[..bytes];
        written.Replace((byte)'\n', (byte)' ');
        written.Replace((byte)'\r', (byte)' ');
        output.Advance(bytes);
        _memory = _memory[bytes..];
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        output.FlushAsync(cancellationToken);

    public override void CancelPendingFlush() => output.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => output.Complete(exception);
}
