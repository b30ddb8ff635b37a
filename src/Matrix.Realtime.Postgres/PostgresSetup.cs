using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Matrix.Realtime.Postgres;

internal static class PostgresSetup
{
    private const int MaxPreparedStatements = 100;

    /// <summary>The operator's connection string, with automatic preparation switched on unless it is set.</summary>
    public static NpgsqlConnectionStringBuilder Complete(string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        if (connection.MaxAutoPrepare == 0)
        {
            connection.MaxAutoPrepare = MaxPreparedStatements;
            connection.AutoPrepareMinUsages = 2;
        }

        return connection;
    }

    /// <summary>The one place that says how contexts reach PostgreSQL, for the host and for design time.</summary>
    public static void Configure(DbContextOptionsBuilder options, string connectionString) =>
        options.UseNpgsql(
            connectionString,
            npgsql => npgsql.MigrationsAssembly(typeof(PostgresSetup).Assembly.GetName().Name));
}
