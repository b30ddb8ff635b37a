using System.Diagnostics;
using System.Net.Sockets;
using Matrix.Realtime.Benchmarks.Load;
using Matrix.Realtime.Benchmarks.Servers;

namespace Matrix.Realtime.Benchmarks.Scenarios;

/// <summary>Users who begin to poll one after the other and go on without a break, and what they are answered.</summary>
internal sealed class Pollers : IAsyncDisposable
{
    private const int Timeout = 30_000;

    private readonly IReadOnlyList<LoadConnection> _connections;
    private readonly Task[] _loops;
    private volatile bool _ends;
    private long _responses;
    private long _news;
    private long _bytes;
    private long _lastNews = Stopwatch.GetTimestamp();

    private Pollers(
        IReadOnlyList<LoadConnection> connections, IReadOnlyList<Member> members, string? since, TimeSpan within)
    {
        _connections = connections;
        var started = Stopwatch.GetTimestamp();
        _loops =
        [
            .. members.Select((member, index) => Task.Run(async () =>
            {
                var due = (within * index / members.Count) - Stopwatch.GetElapsedTime(started);
                await Task.Delay(due > TimeSpan.Zero ? due : TimeSpan.Zero);
                await PollAsync(connections[index], member, since);
            })),
        ];
    }

    /// <summary>How many polls were answered.</summary>
    public long Responses => Interlocked.Read(ref _responses);

    /// <summary>How many of the answers told of somebody's presence.</summary>
    public long News => Interlocked.Read(ref _news);

    /// <summary>How long all answers were.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Opens a connection for each member, and lets all begin in equal steps within the time given.</summary>
    public static async Task<Pollers> StartAsync(
        MeasuredProcess process, IReadOnlyList<Member> members, string? since, TimeSpan within)
    {
        var connections = new List<LoadConnection>(members.Count);
        foreach (var _ in members)
        {
            connections.Add(await LoadConnection.OpenAsync(process.Port));
        }

        return new(connections, members, since, within);
    }

    /// <summary>Waits until nobody has been told of anybody's presence for so long.</summary>
    public async Task WaitForQuietAsync(TimeSpan quiet)
    {
        while (Stopwatch.GetElapsedTime(Interlocked.Read(ref _lastNews)) < quiet)
        {
            await Task.Delay(quiet / 10);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _ends = true;
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }

        await Task.WhenAll(_loops);
    }

    private async Task PollAsync(LoadConnection connection, Member member, string? since)
    {
        try
        {
            while (!_ends)
            {
                var answer = await connection.SendSuccessfullyAsync(MatrixRequests.Sync(member, since, Timeout));
                since = MatrixRequests.NextBatch(answer.Body.Span);
                Count(answer.Body.Span);
            }
        }
        catch (Exception exception) when (
            _ends && exception is SocketException or ObjectDisposedException or EndOfStreamException)
        {
            // The connection was closed under it.
        }
    }

    private void Count(ReadOnlySpan<byte> body)
    {
        Interlocked.Increment(ref _responses);
        Interlocked.Add(ref _bytes, body.Length);
        if (body.IndexOf("\"m.presence\""u8) >= 0)
        {
            Interlocked.Increment(ref _news);
            Interlocked.Exchange(ref _lastNews, Stopwatch.GetTimestamp());
        }
    }
}
