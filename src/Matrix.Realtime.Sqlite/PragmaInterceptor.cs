using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Matrix.Realtime.Sqlite;

/// <summary>Sets up every connection as it is opened: write-ahead log, full durability, room to breathe.</summary>
internal sealed class PragmaInterceptor : DbConnectionInterceptor
{
    public static readonly PragmaInterceptor Instance = new();

    // The log is checkpointed after 16 MiB: rarer stalls for the writer than the default of 4 MiB.
    private const string Pragmas = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA busy_timeout = 5000;
        PRAGMA wal_autocheckpoint = 4000;
        PRAGMA foreign_keys = ON;
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -16000;
        """;

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
