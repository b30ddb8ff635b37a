using Matrix.Realtime.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matrix.Realtime.Spaces;

internal static class SpacesServiceCollectionExtensions
{
    public static IServiceCollection AddSpaces(this IServiceCollection services)
    {
        services.AddMatrixJson(SpacesJsonContext.Default);
        services.TryAddSingleton<RoomAccess>();
        services.TryAddSingleton<RoomSummaryService>();
        services.TryAddSingleton<SpaceHierarchyService>();
        return services;
    }
}
