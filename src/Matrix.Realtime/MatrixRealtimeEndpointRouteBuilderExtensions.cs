using Matrix.Realtime.AccountData;
using Matrix.Realtime.AccountData.Tags;
using Matrix.Realtime.Accounts;
using Matrix.Realtime.Discovery;
using Matrix.Realtime.Filters;
using Matrix.Realtime.Http;
using Matrix.Realtime.KeyBackup;
using Matrix.Realtime.Keys;
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
using Matrix.Realtime.Sync;
using Matrix.Realtime.Sync.Streaming;
using Matrix.Realtime.ToDevice;
using Matrix.Realtime.Typing;
using Matrix.Realtime.UnreadCounts;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Serves the homeserver's endpoints from a host.</summary>
public static class MatrixRealtimeEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps every endpoint of the homeserver, below <c>/_matrix</c> and <c>/.well-known/matrix</c>, and puts the
    /// middleware they need into the pipeline. Other paths of the host are left alone.
    /// </summary>
    /// <param name="app">The host; <c>AddMatrixRealtime</c> must have been called on its services.</param>
    public static WebApplication MapMatrixRealtime(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);

        app.UseMatrixHttp();
        app.MapDiscovery();

        var client = app.MapMatrixClientGroup();
        client.MapCapabilities();
        client.MapAccounts();
        client.MapRooms();
        client.MapRoomDirectory();
        client.MapReports();
        client.MapProfiles();
        client.MapAccountData();
        client.MapTags();
        client.MapTyping();
        client.MapReceipts();
        client.MapReadMarkers();
        client.MapPresence();
        client.MapKeys();
        client.MapToDevice();
        client.MapSync();
        client.MapSearch();
        client.MapPushRules();
        client.MapNotifications();
        client.MapFilters();
        client.MapKeyBackup();

        app.MapMatrixClientGroup(MatrixPaths.ClientV1)
            .MapAccountsV1().MapRoomsV1().MapRelationsV1().MapSpaces();
        app.MapMatrixClientGroup(AccountDataEndpoints.UnstablePrefix).MapUnstableAccountData();
        app.MapMatrixClientGroup(SpaceEndpoints.UnstablePrefix).MapUnstableSpaces();
        app.MapMatrixClientGroup(KeysEndpoints.UnstablePrefix).MapUnstableKeys();
        app.MapMatrixClientGroup(SyncStreamEndpoints.UnstablePrefix).MapSyncStream();

        return app;
    }
}
