using Npgsql;

namespace Matrix.Realtime.Postgres;

/// <summary>A held advisory lock; its connection is closed with it.</summary>
internal sealed class PostgresAdvisoryLock : IAsyncDisposable
{
    private const long Key = 0x4D_61_74_72_69_78;

    private readonly NpgsqlConnection _connection;

    private PostgresAdvisoryLock(NpgsqlConnection connection) => _connection = connection;

    public static async Task<PostgresAdvisoryLock?> TryTakeAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock($1)", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Key });
        return await command.ExecuteScalarAsync(cancellationToken) is true ? new PostgresAdvisoryLock(connection) : null;
    }

    // The server notices a closed connection a moment later; whoever starts right after us must not find the lock held.
    public async ValueTask DisposeAsync()
    {
        await using (_connection)
        {
            await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", _connection);
            try
            {
                await command.ExecuteNonQueryAsync();
            }
            catch (NpgsqlException)
            {
                // The connection is lost, and the lock with it.
            }
        }
    }
}
