using Matrix.Realtime.Storage;

namespace Matrix.Realtime.Sqlite;

/// <summary>A file beside the database that only one process can hold open.</summary>
internal sealed class SqliteFileLock(SqliteFile file) : IDatabaseLock
{
    public Task<IAsyncDisposable?> TryAcquireAsync(CancellationToken cancellationToken)
    {
        try
        {
            IAsyncDisposable held = new FileStream(
                file.FullPath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return Task.FromResult<IAsyncDisposable?>(held);
        }
        catch (IOException)
        {
            return Task.FromResult<IAsyncDisposable?>(null);
        }
    }
}
