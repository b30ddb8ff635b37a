using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matrix.Realtime.Storage;

internal static class StorageServiceCollectionExtensions
{
    /// <summary>Adds the database as a provider project sets it up.</summary>
    public static IServiceCollection AddMatrixDatabase<TLock>(
        this IServiceCollection services, Action<DbContextOptionsBuilder> configure)
        where TLock : class, IDatabaseLock
    {
        services.AddPooledDbContextFactory<MatrixDbContext>(options =>
        {
            configure(options);
            options.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
        });
        services.TryAddSingleton<IDatabaseLock, TLock>();
        services.AddHostedService<DatabaseStartup>();
        return services;
    }
}
