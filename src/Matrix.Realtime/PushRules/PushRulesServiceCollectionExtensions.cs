using Matrix.Realtime.Http;
using Matrix.Realtime.Rooms.Writing;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matrix.Realtime.PushRules;

internal static class PushRulesServiceCollectionExtensions
{
    public static IServiceCollection AddPushRules(this IServiceCollection services)
    {
        services.AddMatrixJson(PushRulesJsonContext.Default);
        services.AddLiveTable<PushRulesTable>();
        services.AddSingleton<IChangeSource, PushRulesChangeSource>();
        services.TryAddSingleton<DefaultPushRules>();
        services.TryAddSingleton<PushRuleService>();
        services.AddSingleton<IRoomEventParticipant, UpgradedRoomRules>();
        return services;
    }
}
