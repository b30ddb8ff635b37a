using FluentValidation;
using Matrix.Realtime.Http;
using Matrix.Realtime.Receipts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matrix.Realtime.ReadMarkers;

internal static class ReadMarkersServiceCollectionExtensions
{
    public static IServiceCollection AddReadMarkers(this IServiceCollection services)
    {
        services.AddMatrixJson(ReadMarkersJsonContext.Default);
        services.TryAddSingleton<FullyReadWriter>();
        services.TryAddSingleton<ReadMarkerService>();
        services.TryAddSingleton<IFullyReadMarker>(provider => provider.GetRequiredService<ReadMarkerService>());
        services.TryAddSingleton<IValidator<ReadMarkersRequest>, ReadMarkersRequestValidator>();
        return services;
    }
}
