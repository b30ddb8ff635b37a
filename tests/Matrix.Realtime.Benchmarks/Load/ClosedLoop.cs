using System.Diagnostics;

namespace Matrix.Realtime.Benchmarks.Load;

/// <summary>As many requests as some connections get answered, each sending its next as soon as it has the answer.</summary>
internal static class ClosedLoop
{
    /// <summary>
    /// Requests answered per second. A worker has a connection, and gives the next request for the number of those before.
    /// </summary>
    public static async Task<double> MeasureAsync(
        int port, IReadOnlyList<Func<int, ReadOnlyMemory<byte>>> workers, TimeSpan duration)
    {
        var connections = await Task.WhenAll(workers.Select(_ => LoadConnection.OpenAsync(port)));
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(workers.Select((next, index) => Task.Run(async () =>
        {
            var count = 0;
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                await connections[index].SendSuccessfullyAsync(next(count));
                count++;
            }

            return count;
        })));
        var elapsed = Stopwatch.GetElapsedTime(started);
        foreach (var connection in connections)
        {
            connection.Dispose();
        }

        return counts.Sum() / elapsed.TotalSeconds;
    }
}
