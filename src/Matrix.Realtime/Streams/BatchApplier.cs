using Matrix.Realtime.Identifiers;
using Microsoft.Extensions.Logging;

namespace Matrix.Realtime.Streams;

/// <summary>
/// Brings batches into the database and then into live state, always in that order, and finds out later what became
/// of a batch whose commit failed. Used by the writer's loop alone.
/// </summary>
internal sealed class BatchApplier(StreamStore store, LiveState live, ILogger<BatchApplier> logger)
{
    private readonly Guid _writer = Guid.NewGuid();
    private long _batches;

    /// <summary>Whether the database may hold what live state does not: at first, and after every failure.</summary>
    private bool _mayBeBehind = true;

    /// <summary>The last batch whose commit failed. It may still turn out to have been taken.</summary>
    private (long Number, ChangeBatch Batch)? _inDoubt;

    /// <summary>Commits a batch and applies it.</summary>
    /// <exception cref="Exception">Nothing was applied; the batch may still have been committed.</exception>
    public async Task<CommitOutcome> CommitAsync(ChangeBatch batch, bool durable)
    {
        if (batch.IsEmpty)
        {
            RunApplied(batch);
            return CommitOutcome.Committed;
        }

        var number = ++_batches;
        var header = new BatchHeader(live.Current.Position, batch.Head, _writer, number, durable);
        _mayBeBehind = true;
        CommitOutcome outcome;
        try
        {
            outcome = await store.CommitAsync(header, batch.Operations);
        }
        catch
        {
            _inDoubt = (number, batch);
            throw;
        }

        if (outcome == CommitOutcome.Committed)
        {
            Apply(batch);
        }

        return outcome;
    }

    /// <summary>Applies what another process has committed, or an earlier batch whose answer was lost.</summary>
    public async Task CatchUpAsync()
    {
        if (!_mayBeBehind)
        {
            return;
        }

        var head = await store.ReadHeadAsync();
        var applied = live.Current.Position;
        if (_inDoubt is { } doubt && head.Writer == _writer && head.Batch == doubt.Number)
        {
            Apply(doubt.Batch);
            Log.CaughtUp(logger, applied, head.Position);
        }
        else if (applied == StreamPosition.Zero)
        {
            live.Apply([], head.Position);
        }
        else if (head.Position < applied)
        {
            throw new InvalidOperationException("The database was replaced by an older one while the server runs.");
        }
        else if (head.Position > applied)
        {
            live.Apply(await store.ReadChangesAsync(applied, head.Position), head.Position);
            Log.CaughtUp(logger, applied, head.Position);
        }

        _mayBeBehind = false;
    }

    private void Apply(ChangeBatch batch)
    {
        live.Apply(batch.Changes, batch.Head);
        _inDoubt = null;
        _mayBeBehind = false;
        RunApplied(batch);
    }

    private void RunApplied(ChangeBatch batch)
    {
        foreach (var action in batch.Applied)
        {
            try
            {
                action();
            }
            catch (Exception exception)
            {
                Log.AfterApplyFailed(logger, batch.Head, exception);
            }
        }
    }
}
