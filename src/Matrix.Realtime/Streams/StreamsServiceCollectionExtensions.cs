using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matrix.Realtime.Streams;

internal static class StreamsServiceCollectionExtensions
{
    public static IServiceCollection AddStreams(this IServiceCollection services)
    {
        services.TryAddSingleton<DeferredWakes>();
        services.TryAddSingleton<Notifier>();
        services.TryAddSingleton<ChangeLog>();
        services.TryAddSingleton<LiveState>();
        services.TryAddSingleton<StreamStore>();
        services.TryAddSingleton<BatchApplier>();
        services.TryAddSingleton<ChangeWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<ChangeWriter>());
        services.AddHostedService<FeedUpkeep>();
        services.TryAddSingleton<HeadReader>();
        services.TryAddSingleton<ChangeHistory>();
        services.TryAddSingleton<ChangeReader>();
        services.AddHealthChecks().AddCheck<StreamHealthCheck>(StreamHealthCheck.Name);
        return services;
    }
}
