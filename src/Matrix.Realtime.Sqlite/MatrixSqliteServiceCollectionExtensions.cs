using Matrix.Realtime.Search.Events;
using Matrix.Realtime.Sqlite;
using Matrix.Realtime.Sqlite.Search;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets the homeserver keep its data in a SQLite file.</summary>
public static class MatrixSqliteServiceCollectionExtensions
{
    /// <summary>
    /// Adds a SQLite file as the database of <c>AddMatrixRealtime</c>; it is created when it is missing.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="connectionString">For example <c>Data Source=data/matrix.db</c>.</param>
    public static IServiceCollection AddMatrixSqlite(this IServiceCollection services, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);

        var file = SqliteFile.Parse(connectionString);
        services.TryAddSingleton(file);
        services.TryAddSingleton<IBatchCommitter, SqliteBatchCommitter>();
        services.TryAddSingleton<ISearchIndex, SqliteSearchIndex>();
        return services.AddMatrixStorage<SqliteDatabaseLock>(options => options.UseMatrixSqlite(file));
    }

    internal static DbContextOptionsBuilder UseMatrixSqlite(this DbContextOptionsBuilder options, SqliteFile file) => options
        .UseSqlite(
            file.ConnectionString,
            sqlite => sqlite.MigrationsAssembly(typeof(MatrixSqliteServiceCollectionExtensions).Assembly))
        .AddInterceptors(SqlitePragmaInterceptor.Instance)
        .ReplaceService<IMigrationsSqlGenerator, SearchMigrationsSqlGenerator>();
}
