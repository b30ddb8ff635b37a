using System.Threading.Channels;
using Matrix.Realtime.Benchmarks.Servers;

namespace Matrix.Realtime.Benchmarks.Floors;

/// <summary>
/// A bare group commit: what gathers during one transaction is the next, on one thread, with prepared statements.
/// </summary>
internal abstract class FloorWriter
{
    private const int MaxBatch = 1024;

    private readonly Channel<FloorWrite> _queue = Channel.CreateUnbounded<FloorWrite>(new() { SingleReader = true });
    private long _position;

    public static FloorWriter Create(DatabaseKind kind, string connectionString)
    {
        FloorWriter writer = kind == DatabaseKind.Sqlite
            ? new SqliteFloorWriter(connectionString)
            : new PostgresFloorWriter(connectionString);
        new Thread(writer.Run) { IsBackground = true }.Start();
        return writer;
    }

    /// <summary>Completes once the row, which is made for its position, is committed.</summary>
    public Task WriteAsync(FloorTable table, Func<long, object[]> row)
    {
        var write = new FloorWrite(table, row);
        _queue.Writer.TryWrite(write);
        return write.Written.Task;
    }

    /// <summary>Moves the head and writes the rows in one transaction.</summary>
    protected abstract void Commit(long head, bool durable, IEnumerable<IGrouping<FloorTable, object[]>> rows);

    private void Run()
    {
        var batch = new List<FloorWrite>();
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            batch.Clear();
            while (batch.Count < MaxBatch && _queue.Reader.TryRead(out var write))
            {
                batch.Add(write);
            }

            var rows = batch.Select(write => (write.Table, Row: write.Row(++_position))).ToList();
            Commit(
                _position,
                batch.Any(write => write.Table.IsDurable),
                rows.GroupBy(row => row.Table, row => row.Row));
            foreach (var write in batch)
            {
                write.Written.SetResult();
            }
        }
    }

    private sealed record FloorWrite(FloorTable Table, Func<long, object[]> Row)
    {
        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
