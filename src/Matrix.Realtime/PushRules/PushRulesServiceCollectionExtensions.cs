using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matrix.Realtime.PushRules;

internal static class PushRulesServiceCollectionExtensions
{
    public static IServiceCollection AddPushRules(this IServiceCollection services)
    {
        services.TryAddSingleton<DefaultPushRules>();
        return services;
    }
}
