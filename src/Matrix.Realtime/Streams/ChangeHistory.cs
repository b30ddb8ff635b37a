using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Streams;

/// <summary>Reads the stream from the store: every event, and of everything else the latest per key.</summary>
internal sealed class ChangeHistory(IDbContextFactory<MatrixDbContext> databases, IEnumerable<IChangeSource> sources)
{
    private readonly IPagedChangeSource[] _sources = [.. sources.OfType<IPagedChangeSource>()];

    /// <summary>Leaves connections to everybody else, however many readers are behind.</summary>
    private readonly SemaphoreSlim _turns = new(StreamLimits.HistoryReaders);

    /// <summary>
    /// The first changes of the range. Rows that move on meanwhile, beyond the range, are found there later.
    /// </summary>
    public async Task<ChangePage> ReadAsync(ChangeRange range, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            return await ReadPageAsync(range, cancellationToken);
        }
        finally
        {
            _turns.Release();
        }
    }

    private async Task<ChangePage> ReadPageAsync(ChangeRange range, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        List<StreamChange> changes = [];
        var through = range.Through;
        foreach (var source in _sources)
        {
            var found = await source.ReadPageAsync(database, range with { Through = through }, cancellationToken);
            if (found.Count == range.Limit)
            {
                // Beyond the end of a full page there is more, which must come before what others have there.
                through = found[^1].Position;
            }

            changes.AddRange(found);
        }

        changes.RemoveAll(change => change.Position > through);
        changes.Sort((left, right) => left.Position.CompareTo(right.Position));
        return new ChangePage(changes, through);
    }
}
