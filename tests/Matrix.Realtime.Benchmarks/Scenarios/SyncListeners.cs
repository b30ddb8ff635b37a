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

    private SyncListeners(IReadOnlyList<LoadConnection> connections, IReadOnlyList<Member> members, string? floorSince)
    {
        _connections = connections;
        _loops = [.. members.Select((member, index) => Task.Run(() => ListenAsync(connections[index], member, floorSince)))];
    }

    /// <param name="process">The homeserver, or the floor.</param>
    /// <param name="members">Who syncs.</param>
    /// <param name="floorSince">On the floor, the token that says what for.</param>
    public static async Task<SyncListeners> StartAsync(
        MeasuredProcess process, IReadOnlyList<Member> members, string? floorSince) =>
        new(await Task.WhenAll(members.Select(_ => LoadConnection.OpenAsync(process.Port))), members, floorSince);

    public async ValueTask DisposeAsync()
    {
        _ends = true;
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }

        await Task.WhenAll(_loops);
    }

    private async Task ListenAsync(LoadConnection connection, Member member, string? floorSince)
    {
        try
        {
            string? since = null;
            while (!_ends)
            {
                var request = MatrixRequests.Sync(member, floorSince ?? since, timeout: 30_000);
                since = MatrixRequests.NextBatch((await connection.SendSuccessfullyAsync(request)).Body.Span);
            }
        }
        catch (Exception exception) when (_ends && exception is SocketException or ObjectDisposedException or EndOfStreamException)
        {
            // The connection was closed under it.
        }
    }
}
