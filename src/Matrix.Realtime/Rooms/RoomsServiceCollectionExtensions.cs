using FluentValidation;
using Matrix.Realtime.Accounts.Management;
using Matrix.Realtime.Http;
using Matrix.Realtime.Rooms.Addresses;
using Matrix.Realtime.Rooms.Creation;
using Matrix.Realtime.Rooms.Membership;
using Matrix.Realtime.Rooms.Messages;
using Matrix.Realtime.Rooms.Reading;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Rooms.Upgrades;
using Matrix.Realtime.Rooms.Writing;
using Matrix.Realtime.Streams;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matrix.Realtime.Rooms;

internal static class RoomsServiceCollectionExtensions
{
    public static IServiceCollection AddRooms(this IServiceCollection services)
    {
        services.AddMatrixJson(RoomsJsonContext.Default);
        services.AddLiveTable<RoomTable>();
        services.AddLiveTable<UserRoomsTable>();
        services.AddLiveTable<TransactionTable>();
        services.AddSingleton<IChangeSource, RoomChangeSource>();
        services.TryAddSingleton<SigningKeys>();
        services.AddSingleton<IStartupParticipant>(provider => provider.GetRequiredService<SigningKeys>());
        services.TryAddSingleton<RoomEventStore>();
        services.TryAddSingleton<EventPlaces>();
        services.TryAddSingleton<RoomStates>();
        services.TryAddSingleton<RoomEventWriter>();
        services.TryAddSingleton<LocalAliases>();
        services.TryAddSingleton<RoomAddresses>();
        services.TryAddSingleton<RoomEventService>();
        services.TryAddSingleton<RoomCreationService>();
        services.TryAddSingleton<RoomFounding>();
        services.TryAddSingleton<RoomUpgradeService>();
        services.TryAddSingleton<MembershipService>();
        services.TryAddSingleton<MemberProfileUpdates>();
        services.TryAddSingleton<RoomSuccession>();
        services.TryAddSingleton<RestrictedJoins>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDeactivationParticipant, DeactivationParticipant>());
        services.TryAddSingleton<EventDetailsReader>();
        services.TryAddSingleton<RoomReader>();
        services.TryAddSingleton<VisibleHistory>();
        services.TryAddSingleton<MessagesReader>();
        services.TryAddSingleton<ContextReader>();
        services.TryAddSingleton<EventByTimestampReader>();
        services.TryAddSingleton<IValidator<CreateRoomRequest>, CreateRoomRequestValidator>();
        services.TryAddSingleton<IValidator<UpgradeRoomRequest>, UpgradeRoomRequestValidator>();
        return services;
    }

    public static RouteGroupBuilder MapRooms(this RouteGroupBuilder group) =>
        group.MapRoomCreation().MapRoomUpgrades().MapMembership().MapRoomEvents().MapRoomReading();

    public static RouteGroupBuilder MapRoomsV1(this RouteGroupBuilder group) => group.MapEventByTimestamp();
}
