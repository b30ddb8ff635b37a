using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Matrix.Realtime.Storage;

/// <summary>What both providers add alike.</summary>
internal static class StorageServiceCollectionExtensions
{
    /// <summary>Adds the database of one provider.</summary>
    public static IServiceCollection AddMatrixStorage<TLock>(
        this IServiceCollection services,
        Action<DbContextOptionsBuilder> configure)
        where TLock : class, IDatabaseLock
    {
        services.AddPooledDbContextFactory<MatrixDbContext>(options => configure(options.UseMatrixDefaults()));
        services.TryAddSingleton<IDatabaseLock, TLock>();
        services.AddHostedService<DatabaseStartup>();
        return services;
    }

    /// <summary>Reads do not track, and what fails is logged once, by us.</summary>
    public static DbContextOptionsBuilder UseMatrixDefaults(this DbContextOptionsBuilder options) => options
        .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
        .ConfigureWarnings(warnings => warnings.Log(
            (RelationalEventId.CommandExecuted, LogLevel.Debug),
            (RelationalEventId.CommandError, LogLevel.Debug),
            (RelationalEventId.ConnectionError, LogLevel.Debug),
            (CoreEventId.QueryIterationFailed, LogLevel.Debug)));
}
