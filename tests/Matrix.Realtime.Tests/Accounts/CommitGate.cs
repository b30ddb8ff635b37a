using Matrix.Realtime.Accounts.Tokens;
using Matrix.Realtime.Http;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matrix.Realtime.Tests.Accounts;

/// <summary>Brings a request of a session and the end of that session into the order that a test wants.</summary>
internal sealed class CommitGate
{
    private Passage? _commit;
    private Passage? _admission;

    /// <summary>Puts the gate before the database's own committer, and a look-out behind the check of tokens.</summary>
    public void Install(IServiceCollection services)
    {
        var inner = services.Last(service => service.ServiceType == typeof(IBatchCommitter));
        services.Replace(ServiceDescriptor.Singleton<IBatchCommitter>(provider =>
            new Committer(this, (IBatchCommitter)ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!))));
        services.Replace(ServiceDescriptor.Singleton<IAccessTokenVerifier>(provider =>
            new Verifier(this, provider.GetRequiredService<AccessTokens>())));
    }

    /// <summary>
    /// The answer to a request that is let in while its session is being ended, and carried out when it is over.
    /// </summary>
    public async Task<MatrixResponse> SendLateAsync(Func<Task> end, Func<Task<MatrixResponse>> send)
    {
        var commit = _commit = new Passage();
        var ending = end();
        await commit.Reached.Task;
        var admission = _admission = new Passage();
        var late = send();
        await admission.Reached.Task;
        commit.Opened.SetResult();
        await ending;
        return await late;
    }

    /// <summary>The answer to a request whose token is checked, but which is let in only when its session is over.</summary>
    public async Task<MatrixResponse> AdmitLateAsync(Func<Task<MatrixResponse>> send, Func<Task> end)
    {
        var admission = _admission = new Passage { IsHeld = true };
        var late = send();
        await admission.Reached.Task;
        await end();
        admission.Opened.SetResult();
        return await late;
    }

    private sealed class Passage
    {
        /// <summary>Whether a request waits there for the gate to be opened.</summary>
        public bool IsHeld { get; init; }

        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Committer(CommitGate gate, IBatchCommitter inner) : IBatchCommitter
    {
        public async Task<CommitOutcome> CommitAsync(
            MatrixDbContext database,
            BatchHeader header,
            IReadOnlyList<RowOperation> operations,
            CancellationToken cancellationToken)
        {
            if (Interlocked.Exchange(ref gate._commit, null) is { } passage)
            {
                passage.Reached.SetResult();
                await passage.Opened.Task;
            }

            return await inner.CommitAsync(database, header, operations, cancellationToken);
        }
    }

    private sealed class Verifier(CommitGate gate, AccessTokens inner) : IAccessTokenVerifier
    {
        public async ValueTask<Requester?> VerifyAsync(string accessToken, CancellationToken cancellationToken)
        {
            var requester = await inner.VerifyAsync(accessToken, cancellationToken);
            if (Interlocked.Exchange(ref gate._admission, null) is { } passage)
            {
                passage.Reached.SetResult();
                await (passage.IsHeld ? passage.Opened.Task : Task.CompletedTask);
            }

            return requester;
        }
    }
}
