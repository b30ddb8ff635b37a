using Matrix.Realtime.Http;
using Matrix.Realtime.Rooms.Writing;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matrix.Realtime.Typing;

internal static class TypingServiceCollectionExtensions
{
    public static IServiceCollection AddTyping(this IServiceCollection services)
    {
        services.AddMatrixJson(TypingJsonContext.Default);
        services.AddLiveTable<TypingTable>();
        services.TryAddSingleton<TypingStore>();
        services.AddSingleton<IChangeSource>(provider => provider.GetRequiredService<TypingStore>());
        services.TryAddSingleton<TypingTimers>();
        services.TryAddSingleton<TypingService>();
        services.TryAddSingleton<TypingParticipant>();
        services.AddSingleton<IRoomEventParticipant>(provider => provider.GetRequiredService<TypingParticipant>());
        services.AddSingleton<IStartupParticipant>(provider => provider.GetRequiredService<TypingParticipant>());
        return services;
    }
}
