using Matrix.Realtime.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matrix.Realtime.Filters;

/// <summary>Registers the feature.</summary>
internal static class FiltersServiceCollectionExtensions
{
    public static IServiceCollection AddFilters(this IServiceCollection services)
    {
        services.AddMatrixJson(FiltersJsonContext.Default);
        services.TryAddSingleton<FilterStore>();
        services.TryAddSingleton<FilterService>();
        return services;
    }
}
