using Npgsql;

namespace Matrix.Realtime.Postgres;

/// <summary>The operator's connection string and what it leaves open.</summary>
internal static class PostgresConnectionString
{
    // Every query and every statement of a batch has a fixed text, so all of them can stay prepared.
    private const int MaxPreparedStatements = 256;

    // PostgreSQL takes a hundred connections unless told otherwise. Beyond a few per processor they only make reads wait
    // for each other there; here they wait for a connection.
    private const int MaxPoolSize = 50;

    public static string Complete(string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        if (connection.MaxAutoPrepare == 0)
        {
            connection.MaxAutoPrepare = MaxPreparedStatements;
            connection.AutoPrepareMinUsages = 2;
        }

        if (!connection.ShouldSerialize("Maximum Pool Size"))
        {
            connection.MaxPoolSize = MaxPoolSize;
        }

        return connection.ConnectionString;
    }
}
