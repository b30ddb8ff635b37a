using FluentValidation;
using Matrix.Realtime.Http;
using Matrix.Realtime.Profiles;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matrix.Realtime.Presence;

internal static class PresenceServiceCollectionExtensions
{
    public static IServiceCollection AddPresence(this IServiceCollection services)
    {
        services.AddMatrixJson(PresenceJsonContext.Default);
        services.AddLiveTable<PresenceTable>();
        services.TryAddSingleton<PresenceStore>();
        services.AddSingleton<IChangeSource>(provider => provider.GetRequiredService<PresenceStore>());
        services.TryAddSingleton<PresenceRouting>();
        services.TryAddSingleton<PresenceWriter>();
        services.AddSingleton<IProfileParticipant, PresenceProfileParticipant>();
        services.TryAddSingleton<PresenceSchedule>();
        services.TryAddSingleton<PresenceTracker>();
        services.TryAddSingleton<IUserActivity>(provider => provider.GetRequiredService<PresenceTracker>());
        services.TryAddSingleton<PresenceReader>();
        services.TryAddSingleton<PresenceService>();
        services.TryAddSingleton<IValidator<SetPresenceRequest>, SetPresenceRequestValidator>();
        services.AddHostedService<PresenceUpkeep>();
        return services;
    }
}
