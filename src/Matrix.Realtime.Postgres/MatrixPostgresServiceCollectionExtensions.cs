using Matrix.Realtime.Postgres;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps the homeserver's data in PostgreSQL.</summary>
public static class MatrixPostgresServiceCollectionExtensions
{
    /// <summary>Adds PostgreSQL; the database must exist, its tables are made on the first start.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="connectionString">A connection string of Npgsql. Statements are prepared unless it says otherwise.</param>
    public static IServiceCollection AddMatrixPostgres(this IServiceCollection services, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);

        var connection = PostgresSetup.Complete(connectionString);
        services.TryAddSingleton(connection);
        services.TryAddSingleton<IBatchCommitter, PostgresBatchCommitter>();
        return services.AddMatrixDatabase<PostgresAdvisoryLock>(
            options => PostgresSetup.Configure(options, connection.ConnectionString));
    }
}
