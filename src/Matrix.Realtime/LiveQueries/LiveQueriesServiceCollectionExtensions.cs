using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matrix.Realtime.LiveQueries;

internal static class LiveQueriesServiceCollectionExtensions
{
    public static IServiceCollection AddLiveQueries(this IServiceCollection services)
    {
        services.TryAddSingleton<LiveVisibility>();
        services.TryAddSingleton<LiveChangeFactory>();
        services.TryAddSingleton<ILiveQueries, LiveQueryService>();
        return services;
    }
}
