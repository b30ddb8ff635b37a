using Matrix.Realtime.Storage;

namespace Matrix.Realtime.Streams;

/// <summary>
/// Writes a batch to one kind of database, in as few round trips as that allows. Called by one loop only.
/// </summary>
internal interface IBatchCommitter
{
    /// <summary>
    /// One transaction that moves the head row from where it is expected and writes the rows, gathered by entity and
    /// kind in the order in which each such pair first occurs. Throws when the database fails; then nothing was
    /// written, unless the answer to the commit itself was lost.
    /// </summary>
    /// <param name="database">The writer's context, whose connection is kept open between batches.</param>
    /// <param name="header">How the head moves.</param>
    /// <param name="operations">At most one operation per row.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task<CommitOutcome> CommitAsync(
        MatrixDbContext database,
        BatchHeader header,
        IReadOnlyList<RowOperation> operations,
        CancellationToken cancellationToken);
}
