namespace Matrix.Realtime.Storage;

/// <summary>Keeps a second serving process off the database for as long as this one runs.</summary>
internal interface IDatabaseLock
{
    /// <summary>Takes the lock; disposing the result releases it. Null when another process holds it.</summary>
    Task<IAsyncDisposable?> TryAcquireAsync(CancellationToken cancellationToken);
}
