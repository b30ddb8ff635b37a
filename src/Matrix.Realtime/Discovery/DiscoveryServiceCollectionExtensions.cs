using Matrix.Realtime.Accounts.Moderation;
using Matrix.Realtime.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matrix.Realtime.Discovery;

/// <summary>Registers the feature.</summary>
internal static class DiscoveryServiceCollectionExtensions
{
    public static IServiceCollection AddDiscovery(this IServiceCollection services)
    {
        services.AddMatrixJson(DiscoveryJsonContext.Default);
        services.TryAddSingleton<ServerAdministrators>();
        return services;
    }
}
