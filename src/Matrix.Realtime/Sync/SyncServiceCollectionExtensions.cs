using Matrix.Realtime.Accounts.Devices;
using Matrix.Realtime.Sync.Streaming;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matrix.Realtime.Sync;

internal static class SyncServiceCollectionExtensions
{
    public static IServiceCollection AddSync(this IServiceCollection services)
    {
        services.TryAddSingleton<SentMembersCache>();
        services.TryAddSingleton<TimelineReader>();
        services.TryAddSingleton<SectionStateReader>();
        services.TryAddSingleton<SectionDetailsReader>();
        services.TryAddSingleton<ChangedRooms>();
        services.TryAddSingleton<ReceiptSectionReader>();
        services.TryAddSingleton<JoinedRoomReader>();
        services.TryAddSingleton<InvitedRoomReader>();
        services.TryAddSingleton<LeftRoomReader>();
        services.TryAddSingleton<RoomSectionReader>();
        services.TryAddSingleton<KeyNewsReader>();
        services.TryAddSingleton<SyncReader>();
        services.TryAddSingleton<RepeatedSyncs>();
        services.AddMetrics();
        services.TryAddSingleton<SyncMetrics>();
        services.TryAddSingleton<SyncService>();
        services.TryAddSingleton<SyncRequestReader>();
        services.TryAddSingleton<SyncAnswerWriter>();
        services.TryAddSingleton<SyncHandler>();
        services.TryAddSingleton<SyncStreams>();
        services.AddSingleton<IDeviceParticipant>(provider => provider.GetRequiredService<SyncStreams>());
        services.TryAddSingleton<SyncStreamHandler>();
        return services;
    }
}
