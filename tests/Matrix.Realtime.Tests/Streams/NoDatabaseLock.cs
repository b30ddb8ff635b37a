using Matrix.Realtime.Storage;

namespace Matrix.Realtime.Tests.Streams;

/// <summary>Lets several processes at one database, as a backplane will.</summary>
internal sealed class NoDatabaseLock : IDatabaseLock, IAsyncDisposable
{
    public Task<IAsyncDisposable?> TryAcquireAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IAsyncDisposable?>(this);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
