using Matrix.Realtime.Sqlite;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps the homeserver's data in a SQLite file.</summary>
public static class MatrixSqliteServiceCollectionExtensions
{
    /// <summary>Adds the embedded database; its file and folder are made on the first start.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="connectionString">A connection string of Microsoft.Data.Sqlite that names a file.</param>
    public static IServiceCollection AddMatrixSqlite(this IServiceCollection services, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);

        var connection = new SqliteConnectionStringBuilder(connectionString);
        services.TryAddSingleton(new SqliteFile(connection));
        services.TryAddSingleton<IBatchCommitter, SqliteBatchCommitter>();
        return services.AddMatrixDatabase<SqliteFileLock>(options => SqliteSetup.Configure(options, connection));
    }
}
