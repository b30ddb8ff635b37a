using System.Net.Sockets;
using Matrix.Realtime.Benchmarks.Load;
using Matrix.Realtime.Benchmarks.Servers;

namespace Matrix.Realtime.Benchmarks.Scenarios;

/// <summary>Members who sync without a break while something else is measured.</summary>
internal sealed class SyncListeners : IAsyncDisposable
{
    private readonly IReadOnlyList<LoadConnection> _connections;
    private readonly Task[] _loops;
    private volatile bool _ends;

    private SyncListeners(IReadOnlyList<LoadConnection> connections, IReadOnlyList<Member> members, bool onFloor)
    {
        _connections = connections;
        _loops = [.. members.Select((member, index) => Task.Run(() => ListenAsync(connections[index], member, onFloor)))];
    }

    public static async Task<SyncListeners> StartAsync(MeasuredProcess process, IReadOnlyList<Member> members, bool onFloor) =>
        new(await Task.WhenAll(members.Select(_ => LoadConnection.OpenAsync(process.Port))), members, onFloor);

    public async ValueTask DisposeAsync()
    {
        _ends = true;
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }

        await Task.WhenAll(_loops);
    }

    private async Task ListenAsync(LoadConnection connection, Member member, bool onFloor)
    {
        try
        {
            string? since = null;
            while (!_ends)
            {
                var request = onFloor ? MatrixRequests.Park(member) : MatrixRequests.Sync(member, since, timeout: 30_000);
                since = MatrixRequests.NextBatch((await connection.SendSuccessfullyAsync(request)).Body.Span);
            }
        }
        catch (Exception exception) when (_ends && exception is SocketException or ObjectDisposedException or EndOfStreamException)
        {
            // The connection was closed under it.
        }
    }
}
