using Matrix.Realtime.Storage;
using Npgsql;

namespace Matrix.Realtime.Postgres;

/// <summary>A session-level advisory lock, on a connection of its own that is kept open.</summary>
internal sealed class PostgresAdvisoryLock(NpgsqlConnectionStringBuilder connection) : IDatabaseLock
{
    /// <summary>Advisory locks are numbered per database; this number is the server's.</summary>
    private const long Number = 0x4D61_7472_6978;

    public async Task<IAsyncDisposable?> TryAcquireAsync(CancellationToken cancellationToken)
    {
        var own = new NpgsqlConnectionStringBuilder(connection.ConnectionString) { Pooling = false, KeepAlive = 30 };
        var held = new NpgsqlConnection(own.ConnectionString);
        await held.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock($1)", held)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = Number } },
        };
        if (await command.ExecuteScalarAsync(cancellationToken) is true)
        {
            return held;
        }

        await held.DisposeAsync();
        return null;
    }
}
