using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Matrix.Realtime.Streams;

/// <summary>
/// The writer's side of the database: the head row and the batches behind it, on one context kept open. Used by the
/// writer's loop alone.
/// </summary>
internal sealed class StreamStore(
    IDbContextFactory<MatrixDbContext> databases,
    IBatchCommitter committer,
    IEnumerable<IChangeSource> sources,
    TimeProvider time,
    ILogger<StreamStore> logger) : IAsyncDisposable
{
    private static readonly TimeSpan[] Retries = [TimeSpan.Zero, TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(500)];

    private MatrixDbContext? _database;
    private RowReducer? _reducer;

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    /// <summary>The context that change functions read through.</summary>
    public MatrixDbContext Database => _database ??= databases.CreateDbContext();

    /// <summary>Where the stream stands in the database.</summary>
    public Task<StreamHead> ReadHeadAsync() =>
        Database.Set<StreamHead>().AsNoTracking().SingleAsync(CancellationToken.None);

    /// <summary>
    /// Commits a batch. When the answer is lost, the head row tells whether the batch was taken: it holds the writer
    /// and the batch number of the last one.
    /// </summary>
    /// <exception cref="Exception">The batch was not committed, or that could not be found out.</exception>
    public async Task<CommitOutcome> CommitAsync(BatchHeader header, IReadOnlyList<RowOperation> operations)
    {
        _reducer ??= new RowReducer(Database.Model);
        try
        {
            return await committer.CommitAsync(Database, header, _reducer.Reduce(operations), CancellationToken.None);
        }
        catch (Exception exception)
        {
            Log.BatchFailed(logger, header.Head, exception);
            await ResetAsync();
            if (await WasCommittedAsync(header))
            {
                return CommitOutcome.Committed;
            }

            throw;
        }
    }

    /// <summary>What others have committed after the position, in order.</summary>
    public async Task<IReadOnlyList<StreamChange>> ReadChangesAsync(StreamPosition after, StreamPosition through)
    {
        var changes = new List<StreamChange>();
        foreach (var source in sources)
        {
            changes.AddRange(await source.ReadAsync(Database, after, through, CancellationToken.None));
        }

        changes.Sort((left, right) => left.Position.CompareTo(right.Position));
        return changes;
    }

    private async Task<bool> WasCommittedAsync(BatchHeader header)
    {
        for (var attempt = 0; ; attempt++)
        {
            await Task.Delay(Retries[attempt], time);
            try
            {
                var head = await ReadHeadAsync();
                return head.Writer == header.Writer && head.Batch == header.Batch;
            }
            catch (Exception exception) when (attempt + 1 < Retries.Length)
            {
                Log.HeadUnreadable(logger, exception);
                await ResetAsync();
            }
        }
    }

    /// <summary>A failed connection is not used again.</summary>
    private async Task ResetAsync()
    {
        var database = _database;
        _database = null;
        if (database is not null)
        {
            await database.DisposeAsync();
        }
    }
}
