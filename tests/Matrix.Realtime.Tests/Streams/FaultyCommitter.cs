using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Tests.Streams;

/// <summary>A provider's committer, behind a connection that can be made to fail.</summary>
internal sealed class FaultyCommitter(IBatchCommitter inner) : IBatchCommitter
{
    private Fault _next;
    private Func<MatrixDbContext, Task>? _late;

    /// <summary>What becomes of a commit.</summary>
    public enum Fault
    {
        None,

        /// <summary>It fails.</summary>
        Fails,

        /// <summary>It succeeds, but the answer never arrives.</summary>
        LosesAnswer,

        /// <summary>It is given up, but the database carries it out just before the following one.</summary>
        SucceedsLate,
    }

    /// <summary>The sizes of the batches that were committed.</summary>
    public List<int> Committed { get; } = [];

    public void Next(Fault fault) => _next = fault;

    public async Task<CommitOutcome> CommitAsync(
        MatrixDbContext database,
        BatchHeader header,
        IReadOnlyList<RowOperation> operations,
        CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _late, null) is { } late)
        {
            await late(database);
        }

        var fault = _next;
        _next = Fault.None;
        if (fault == Fault.SucceedsLate)
        {
            _late = following => inner.CommitAsync(following, header, operations, cancellationToken);
        }

        if (fault is Fault.Fails or Fault.SucceedsLate)
        {
            throw new IOException("The connection is gone.");
        }

        var outcome = await inner.CommitAsync(database, header, operations, cancellationToken);
        if (outcome == CommitOutcome.Committed)
        {
            Committed.Add(operations.Count);
        }

        return fault == Fault.LosesAnswer ? throw new IOException("The connection is gone.") : outcome;
    }
}
