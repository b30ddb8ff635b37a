using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace Matrix.Realtime.Benchmarks.Load;

/// <summary>
/// One kept-alive HTTP/1.1 connection that costs as little as possible, so that what is measured is the server.
/// </summary>
internal sealed class LoadConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[1024];
    private int _filled;

    /// <summary>Connects; with a small receive buffer, what is not read stays with the server.</summary>
    public static async Task<LoadConnection> OpenAsync(int port, int? receiveBuffer = null)
    {
        var connection = new LoadConnection();
        if (receiveBuffer is { } size)
        {
            connection._socket.ReceiveBufferSize = size;
        }

        await connection._socket.ConnectAsync(IPAddress.Loopback, port);
        return connection;
    }

    /// <summary>Sends a request and reads its response, which is valid until the next one.</summary>
    public async ValueTask<LoadResponse> SendAsync(ReadOnlyMemory<byte> request)
    {
        await _socket.SendAsync(request);
        _filled = 0;
        return await ReceiveAsync();
    }

    /// <summary>Sends a request and waits for the first bytes of its response.</summary>
    public async ValueTask BeginAsync(ReadOnlyMemory<byte> request)
    {
        await _socket.SendAsync(request);
        _filled = 0;
        await FillAsync();
    }

    /// <summary>Reads the rest of a response that has begun.</summary>
    public ValueTask<LoadResponse> EndAsync() => ReceiveAsync();

    /// <exception cref="InvalidOperationException">The response is not 200.</exception>
    public async ValueTask<LoadResponse> SendSuccessfullyAsync(ReadOnlyMemory<byte> request)
    {
        var response = await SendAsync(request);
        return response.Status == 200
            ? response
            : throw new InvalidOperationException($"{response.Status} {System.Text.Encoding.UTF8.GetString(response.Body.Span)}");
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask<LoadResponse> ReceiveAsync()
    {
        int end;
        while ((end = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            await FillAsync();
        }

        var status = Digits(_buffer.AsSpan(9, 3));
        var bodyStart = end + 4;
        if (LengthOf(_buffer.AsSpan(0, end)) is not { } length)
        {
            return new(status, await ReceiveChunksAsync(bodyStart));
        }

        while (_filled < bodyStart + length)
        {
            await FillAsync();
        }

        return new(status, _buffer.AsMemory(bodyStart, length));
    }

    // Chunks are moved together in place.
    private async ValueTask<ReadOnlyMemory<byte>> ReceiveChunksAsync(int bodyStart)
    {
        var (read, written) = (bodyStart, bodyStart);
        while (true)
        {
            int lineEnd;
            while ((lineEnd = _buffer.AsSpan(read, _filled - read).IndexOf("\r\n"u8)) < 0)
            {
                await FillAsync();
            }

            Utf8Parser.TryParse(_buffer.AsSpan(read, lineEnd), out int size, out _, 'x');
            var start = read + lineEnd + 2;
            while (_filled < start + size + 2)
            {
                await FillAsync();
            }

            if (size == 0)
            {
                return _buffer.AsMemory(bodyStart, written - bodyStart);
            }

            _buffer.AsSpan(start, size).CopyTo(_buffer.AsSpan(written));
            written += size;
            read = start + size + 2;
        }
    }

    private async ValueTask FillAsync()
    {
        if (_filled == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var received = await _socket.ReceiveAsync(_buffer.AsMemory(_filled));
        _filled += received > 0 ? received : throw new EndOfStreamException("The server closed the connection.");
    }

    private static int? LengthOf(ReadOnlySpan<byte> head)
    {
        var name = "\r\nContent-Length: "u8;
        var index = head.IndexOf(name);
        return index < 0 ? null : Digits(head[(index + name.Length)..]);
    }

    private static int Digits(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out int value, out _) ? value : 0;
}
