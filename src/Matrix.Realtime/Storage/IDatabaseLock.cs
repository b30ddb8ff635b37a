namespace Matrix.Realtime.Storage;

/// <summary>Keeps a second serving process away from the database. Implemented by the provider.</summary>
internal interface IDatabaseLock
{
    /// <summary>
    /// Takes the lock without waiting, and creates what it needs for that. Holds until the result is disposed or the
    /// process ends in whatever way; <see langword="null"/> when another server holds it.
    /// </summary>
    Task<IAsyncDisposable?> TryAcquireAsync(CancellationToken cancellationToken);
}
