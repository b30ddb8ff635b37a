using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Sqlite;

internal static class SqliteSetup
{
    /// <summary>The one place that says how contexts reach SQLite, for the host and for design time.</summary>
    public static void Configure(DbContextOptionsBuilder options, SqliteConnectionStringBuilder connection) =>
        options
            .UseSqlite(
                connection.ConnectionString,
                sqlite => sqlite.MigrationsAssembly(typeof(SqliteSetup).Assembly.GetName().Name))
            .AddInterceptors(PragmaInterceptor.Instance);
}
