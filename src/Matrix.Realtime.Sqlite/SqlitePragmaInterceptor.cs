using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Matrix.Realtime.Sqlite;

/// <summary>Sets up each connection when it is opened for the first time; a pooled one keeps its settings.</summary>
internal sealed class SqlitePragmaInterceptor : DbConnectionInterceptor
{
    // The checkpoint comes every 32 MiB instead of 4: it holds up the writer. The log is cut back to 64 MiB after it.
    private const string Pragmas =
        """
        PRAGMA busy_timeout = 5000;
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA foreign_keys = ON;
        PRAGMA wal_autocheckpoint = 8192;
        PRAGMA journal_size_limit = 67108864;
        PRAGMA cache_size = -8192;
        PRAGMA mmap_size = 268435456;
        PRAGMA temp_store = MEMORY;
        """;

    /// <summary>One for all: EF Core keeps its services apart by interceptor.</summary>
    public static readonly SqlitePragmaInterceptor Instance = new();

    private readonly ConditionalWeakTable<sqlite3, object> _configured = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        Configure((SqliteConnection)connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default)
    {
        Configure((SqliteConnection)connection);
        return Task.CompletedTask;
    }

    private void Configure(SqliteConnection connection)
    {
        if (_configured.TryGetValue(connection.Handle!, out _))
        {
            return;
        }

        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
        _configured.AddOrUpdate(connection.Handle!, this);
    }
}
