using Matrix.Realtime.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Matrix.Realtime.Discovery;

/// <summary>Registers the feature.</summary>
internal static class DiscoveryServiceCollectionExtensions
{
    public static IServiceCollection AddDiscovery(this IServiceCollection services) =>
        services.AddMatrixJson(DiscoveryJsonContext.Default);
}
