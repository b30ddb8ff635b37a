using Matrix.Realtime.Storage;
using Microsoft.Data.Sqlite;

namespace Matrix.Realtime.Sqlite;

/// <summary>
/// A file beside the database, held open for this process alone. The system lets go of it when the process ends.
/// </summary>
internal sealed class SqliteDatabaseLock(SqliteFile file) : IDatabaseLock
{
    public async Task<IAsyncDisposable?> TryAcquireAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file.Path)!);
        if (TryOpen() is not { } held)
        {
            return null;
        }

        try
        {
            await ClearMigrationLockAsync(cancellationToken);
            return held;
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    // The file stays when it is released: to delete it would let two others lock different files of the same name.
    private FileStream? TryOpen()
    {
        try
        {
            return new FileStream(
                file.Path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException exception) when (exception.GetType() == typeof(IOException))
        {
            return null;
        }
    }

    // EF Core's own lock is a row that a killed migration leaves behind; the next one would wait for it for ever.
    private async Task ClearMigrationLockAsync(CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(file.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = """DROP TABLE IF EXISTS "__EFMigrationsLock";""";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
