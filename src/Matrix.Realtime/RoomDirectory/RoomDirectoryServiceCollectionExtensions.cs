using FluentValidation;
using Matrix.Realtime.Http;
using Matrix.Realtime.RoomDirectory.Aliases;
using Matrix.Realtime.RoomDirectory.Listing;
using Matrix.Realtime.Rooms.Addresses;
using Matrix.Realtime.Rooms.Upgrades;
using Matrix.Realtime.Rooms.Writing;
using Matrix.Realtime.Streams;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matrix.Realtime.RoomDirectory;

internal static class RoomDirectoryServiceCollectionExtensions
{
    public static IServiceCollection AddRoomDirectory(this IServiceCollection services)
    {
        services.AddMatrixJson(RoomDirectoryJsonContext.Default);
        services.AddLiveTable<RoomAliasTable>();
        services.AddSingleton<IChangeSource>(provider => provider.GetRequiredService<RoomAliasTable>());
        services.AddLiveTable<PublishedRoomTable>();
        services.AddSingleton<IChangeSource>(provider => provider.GetRequiredService<PublishedRoomTable>());
        services.AddSingleton<IRoomEventParticipant, CanonicalAliasRule>();
        services.AddSingleton<IRoomUpgradeParticipant, UpgradedRoomAddresses>();
        services.TryAddSingleton<IRoomDirectory, ServerRoomDirectory>();
        services.TryAddSingleton<RoomAliases>();
        services.TryAddSingleton<RoomAliasService>();
        services.TryAddSingleton<DirectoryPower>();
        services.TryAddSingleton<RoomListingService>();
        services.TryAddSingleton<PublicRoomsService>();
        services.TryAddSingleton<IValidator<RoomVisibility>, RoomVisibilityValidator>();
        return services;
    }

    public static RouteGroupBuilder MapRoomDirectory(this RouteGroupBuilder group) =>
        group.MapRoomAliases().MapPublicRooms();
}
