using Matrix.Realtime.AccountData.Tags;
using Matrix.Realtime.Rooms.Reading;
using Matrix.Realtime.Rooms.Writing;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matrix.Realtime.AccountData;

internal static class AccountDataServiceCollectionExtensions
{
    public static IServiceCollection AddAccountData(this IServiceCollection services)
    {
        services.AddLiveTable<AccountDataTable>();
        services.AddSingleton<IChangeSource, AccountDataChangeSource>();
        services.AddSingleton<IRoomEventParticipant, InvitePermission>();
        services.AddSingleton<IRoomEventParticipant, UpgradedRoomData>();
        services.TryAddSingleton<AccountDataSize>();
        services.TryAddSingleton<AccountDataWriter>();
        services.TryAddSingleton<AccountDataService>();
        services.TryAddSingleton<TagService>();
        services.TryAddSingleton<IIgnoredUsers>(provider => provider.GetRequiredService<AccountDataService>());
        return services;
    }
}
