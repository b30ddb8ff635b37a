using Matrix.Realtime.Postgres;
using Matrix.Realtime.Postgres.Search;
using Matrix.Realtime.Search.Events;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets the homeserver keep its data in PostgreSQL.</summary>
public static class MatrixPostgresServiceCollectionExtensions
{
    /// <summary>
    /// Adds a PostgreSQL database as the database of <c>AddMatrixRealtime</c>; it is created when it is missing.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="connectionString">For example <c>Host=localhost;Database=matrix;Username=matrix</c>.</param>
    public static IServiceCollection AddMatrixPostgres(this IServiceCollection services, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);

        services.TryAddSingleton<IBatchCommitter, PostgresBatchCommitter>();
        services.TryAddSingleton<ISearchIndex, PostgresSearchIndex>();
        return services.AddMatrixStorage<PostgresDatabaseLock>(
            options => options.UseMatrixPostgres(connectionString));
    }

    internal static DbContextOptionsBuilder UseMatrixPostgres(
        this DbContextOptionsBuilder options,
        string connectionString) => options
        .UseNpgsql(
            PostgresConnectionString.Complete(connectionString),
            postgres => postgres.MigrationsAssembly(typeof(MatrixPostgresServiceCollectionExtensions).Assembly))
        .ReplaceService<IModelCustomizer, OrdinalTextCustomizer>()
        .ReplaceService<IMigrationsSqlGenerator, SearchMigrationsSqlGenerator>();
}
