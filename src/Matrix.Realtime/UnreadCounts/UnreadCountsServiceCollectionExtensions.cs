using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matrix.Realtime.UnreadCounts;

internal static class UnreadCountsServiceCollectionExtensions
{
    public static IServiceCollection AddUnreadCounts(this IServiceCollection services)
    {
        services.TryAddSingleton<SharedEvaluation>();
        services.TryAddSingleton<UnreadEventStore>();
        services.TryAddSingleton<UnreadReaders>();
        services.TryAddSingleton<UnreadCounter>();
        services.TryAddSingleton<NotificationReader>();
        return services;
    }
}
