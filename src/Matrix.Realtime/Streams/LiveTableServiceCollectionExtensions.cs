using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matrix.Realtime.Streams;

internal static class LiveTableServiceCollectionExtensions
{
    /// <summary>Adds a kind of live state, under its own type and among all that the applier knows.</summary>
    public static IServiceCollection AddLiveTable<TTable>(this IServiceCollection services)
        where TTable : class, ILiveTable
    {
        services.TryAddSingleton<TTable>();
        return services.AddSingleton<ILiveTable>(provider => provider.GetRequiredService<TTable>());
    }
}
