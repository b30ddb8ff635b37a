using Matrix.Realtime;
using Matrix.Realtime.AccountData;
using Matrix.Realtime.Accounts;
using Matrix.Realtime.Discovery;
using Matrix.Realtime.Filters;
using Matrix.Realtime.Hosting;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.KeyBackup;
using Matrix.Realtime.Keys;
using Matrix.Realtime.LiveQueries;
using Matrix.Realtime.Presence;
using Matrix.Realtime.Profiles;
using Matrix.Realtime.PushRules;
using Matrix.Realtime.ReadMarkers;
using Matrix.Realtime.Receipts;
using Matrix.Realtime.Relations;
using Matrix.Realtime.Reports;
using Matrix.Realtime.RoomDirectory;
using Matrix.Realtime.Rooms;
using Matrix.Realtime.Search;
using Matrix.Realtime.Spaces;
using Matrix.Realtime.Streams;
using Matrix.Realtime.Sync;
using Matrix.Realtime.ToDevice;
using Matrix.Realtime.Typing;
using Matrix.Realtime.UnreadCounts;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the homeserver to a host.</summary>
public static class MatrixRealtimeServiceCollectionExtensions
{
    /// <summary>
    /// Adds every service of the homeserver except its database, which a provider package adds.
    /// Services registered before this call are kept.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the options, usually by binding <see cref="RealtimeOptions.SectionName"/>.</param>
    public static IServiceCollection AddMatrixRealtime(
        this IServiceCollection services,
        Action<RealtimeOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);

        services.AddOptions<RealtimeOptions>().Configure(configure ?? (_ => { })).ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IPostConfigureOptions<RealtimeOptions>, RealtimeOptionsDefaults>());
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<RealtimeOptions>, RealtimeOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<LocalServer>();

        services.AddMatrixHttp();
        services.AddStreams();
        services.AddAccounts();
        services.AddRooms();
        services.AddRelations();
        services.AddRoomDirectory();
        services.AddSpaces();
        services.AddReports();
        services.AddProfiles();
        services.AddFilters();
        services.AddKeyBackup();
        services.AddPushRules();
        services.AddAccountData();
        services.AddTyping();
        services.AddReceipts();
        services.AddReadMarkers();
        services.AddUnreadCounts();
        services.AddPresence();
        services.AddKeys();
        services.AddToDevice();
        services.AddSync();
        services.AddLiveQueries();
        services.AddHosting();
        services.AddSearch();
        services.AddDiscovery();

        return services;
    }
}
