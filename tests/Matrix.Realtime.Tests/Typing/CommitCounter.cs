using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matrix.Realtime.Tests.Typing;

/// <summary>Counts the batches that reach the database, and makes one fail where a test wants that.</summary>
internal sealed class CommitCounter
{
    private int _count;
    private int _rows;
    private TaskCompletionSource? _failure;

    public int Count => Volatile.Read(ref _count);

    /// <summary>How many rows they held.</summary>
    public int Rows => Volatile.Read(ref _rows);

    /// <summary>Puts the counter before the database's own committer.</summary>
    public void Install(IServiceCollection services)
    {
        var inner = services.Last(service => service.ServiceType == typeof(IBatchCommitter));
        services.Replace(ServiceDescriptor.Singleton<IBatchCommitter>(provider =>
            new Counting(this, (IBatchCommitter)ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!))));
    }

    /// <summary>Makes the next batch fail; completes when it has.</summary>
    public Task FailNextAsync()
    {
        _failure = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _failure.Task;
    }

    private sealed class Counting(CommitCounter counter, IBatchCommitter inner) : IBatchCommitter
    {
        public Task<CommitOutcome> CommitAsync(
            MatrixDbContext database,
            BatchHeader header,
            IReadOnlyList<RowOperation> operations,
            CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref counter._count);
            Interlocked.Add(ref counter._rows, operations.Count);
            if (Interlocked.Exchange(ref counter._failure, null) is { } failure)
            {
                failure.SetResult();
                throw new InvalidOperationException("The test makes this batch fail.");
            }

            return inner.CommitAsync(database, header, operations, cancellationToken);
        }
    }
}
