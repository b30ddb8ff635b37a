using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Matrix.Realtime.Tests;

/// <summary>Names, methods and templates are the protocol; they change on purpose only.</summary>
public sealed class RouteTableTests
{
    private static readonly string[] Routes =
    [
        "DELETE /_matrix/client/unstable/org.matrix.msc3391/user/{userId}/account_data/{type} ",
        "DELETE /_matrix/client/unstable/org.matrix.msc3391/user/{userId}/rooms/{roomId}/account_data/{type} ",
        "DELETE /_matrix/client/v3/devices/{deviceId} deleteDevice",
        "DELETE /_matrix/client/v3/directory/room/{roomAlias} deleteRoomAlias",
        "DELETE /_matrix/client/v3/profile/{userId}/{keyName} deleteProfileField",
        "DELETE /_matrix/client/v3/pushrules/global/{kind}/{ruleId} deletePushRule",
        "DELETE /_matrix/client/v3/room_keys/keys deleteRoomKeys",
        "DELETE /_matrix/client/v3/room_keys/keys/{roomId} deleteRoomKeysByRoomId",
        "DELETE /_matrix/client/v3/room_keys/keys/{roomId}/{sessionId} deleteRoomKeyBySessionId",
        "DELETE /_matrix/client/v3/room_keys/version/{version} deleteRoomKeysVersion",
        "DELETE /_matrix/client/v3/user/{userId}/account_data/{type} deleteAccountData",
        "DELETE /_matrix/client/v3/user/{userId}/rooms/{roomId}/account_data/{type} deleteAccountDataPerRoom",
        "DELETE /_matrix/client/v3/user/{userId}/rooms/{roomId}/tags/{tag} deleteRoomTag",
        "GET /.well-known/matrix/client getWellknown",
        "GET /_matrix/client/v1/admin/lock/{userId} getAdminLockUser",
        "GET /_matrix/client/v1/admin/suspend/{userId} getAdminSuspendUser",
        "GET /_matrix/client/v1/register/m.login.registration_token/validity registrationTokenValidity",
        "GET /_matrix/client/v1/rooms/{roomId}/relations/{eventId}/{relType?}/{eventType?} getRelatingEvents",
        "GET /_matrix/client/v1/rooms/{roomId}/threads getThreadRoots",
        "GET /_matrix/client/v1/rooms/{roomId}/timestamp_to_event getEventByTimestamp",
        "GET /_matrix/client/unstable/im.nheko.summary/summary/{roomIdOrAlias} ",
        "GET /_matrix/client/unstable/io.matrixrealtime.live/stream ",
        "GET /_matrix/client/v1/room_summary/{roomIdOrAlias} getRoomSummary",
        "GET /_matrix/client/v1/rooms/{roomId}/hierarchy getSpaceHierarchy",
        "GET /_matrix/client/v3/account/3pid getAccount3PIDs",
        "GET /_matrix/client/v3/account/whoami getTokenOwner",
        "GET /_matrix/client/v3/capabilities getCapabilities",
        "GET /_matrix/client/v3/devices getDevices",
        "GET /_matrix/client/v3/devices/{deviceId} getDevice",
        "GET /_matrix/client/v3/directory/list/room/{roomId} getRoomVisibilityOnDirectory",
        "GET /_matrix/client/v3/directory/room/{roomAlias} getRoomIdByAlias",
        "GET /_matrix/client/v3/joined_rooms getJoinedRooms",
        "GET /_matrix/client/v3/keys/changes getKeysChanges",
        "GET /_matrix/client/v3/login getLoginFlows",
        "GET /_matrix/client/v3/profile/{userId} getUserProfile",
        "GET /_matrix/client/v3/profile/{userId}/{keyName} getProfileField",
        "GET /_matrix/client/v3/notifications getNotifications",
        "GET /_matrix/client/v3/presence/{userId}/status getPresence",
        "GET /_matrix/client/v3/publicRooms getPublicRooms",
        "GET /_matrix/client/v3/pushrules/ getPushRules",
        "GET /_matrix/client/v3/pushrules/global/ getPushRulesGlobal",
        "GET /_matrix/client/v3/pushrules/global/{kind}/{ruleId} getPushRule",
        "GET /_matrix/client/v3/pushrules/global/{kind}/{ruleId}/actions getPushRuleActions",
        "GET /_matrix/client/v3/pushrules/global/{kind}/{ruleId}/enabled isPushRuleEnabled",
        "GET /_matrix/client/v3/register/available checkUsernameAvailability",
        "GET /_matrix/client/v3/room_keys/keys getRoomKeys",
        "GET /_matrix/client/v3/room_keys/keys/{roomId} getRoomKeysByRoomId",
        "GET /_matrix/client/v3/room_keys/keys/{roomId}/{sessionId} getRoomKeyBySessionId",
        "GET /_matrix/client/v3/room_keys/version getRoomKeysVersionCurrent",
        "GET /_matrix/client/v3/room_keys/version/{version} getRoomKeysVersion",
        "GET /_matrix/client/v3/rooms/{roomId}/aliases getLocalAliases",
        "GET /_matrix/client/v3/rooms/{roomId}/context/{eventId} getEventContext",
        "GET /_matrix/client/v3/rooms/{roomId}/event/{eventId} getOneRoomEvent",
        "GET /_matrix/client/v3/rooms/{roomId}/joined_members getJoinedMembersByRoom",
        "GET /_matrix/client/v3/rooms/{roomId}/members getMembersByRoom",
        "GET /_matrix/client/v3/rooms/{roomId}/messages getRoomEvents",
        "GET /_matrix/client/v3/rooms/{roomId}/state getRoomState",
        "GET /_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey?} getRoomStateWithKey",
        "GET /_matrix/client/v3/sync sync",
        "GET /_matrix/client/v3/user/{userId}/account_data/{type} getAccountData",
        "GET /_matrix/client/v3/user/{userId}/filter/{filterId} getFilter",
        "GET /_matrix/client/v3/user/{userId}/rooms/{roomId}/account_data/{type} getAccountDataPerRoom",
        "GET /_matrix/client/v3/user/{userId}/rooms/{roomId}/tags getRoomTags",
        "GET /_matrix/client/versions getVersions",
        "POST /_matrix/client/unstable/keys/device_signing/upload ",
        "POST /_matrix/client/v3/account/deactivate deactivateAccount",
        "POST /_matrix/client/v3/account/password changePassword",
        "POST /_matrix/client/v3/createRoom createRoom",
        "POST /_matrix/client/v3/delete_devices deleteDevices",
        "POST /_matrix/client/v3/join/{roomIdOrAlias} joinRoom",
        "POST /_matrix/client/v3/keys/claim claimKeys",
        "POST /_matrix/client/v3/keys/device_signing/upload uploadCrossSigningKeys",
        "POST /_matrix/client/v3/keys/query queryKeys",
        "POST /_matrix/client/v3/keys/signatures/upload uploadCrossSigningSignatures",
        "POST /_matrix/client/v3/keys/upload uploadKeys",
        "POST /_matrix/client/v3/knock/{roomIdOrAlias} knockRoom",
        "POST /_matrix/client/v3/login login",
        "POST /_matrix/client/v3/logout logout",
        "POST /_matrix/client/v3/logout/all logout_all",
        "POST /_matrix/client/v3/publicRooms queryPublicRooms",
        "POST /_matrix/client/v3/refresh refresh",
        "POST /_matrix/client/v3/register register",
        "POST /_matrix/client/v3/room_keys/version postRoomKeysVersion",
        "POST /_matrix/client/v3/rooms/{roomId}/ban ban",
        "POST /_matrix/client/v3/rooms/{roomId}/forget forgetRoom",
        "POST /_matrix/client/v3/rooms/{roomId}/invite inviteUser",
        "POST /_matrix/client/v3/rooms/{roomId}/join joinRoomById",
        "POST /_matrix/client/v3/rooms/{roomId}/kick kick",
        "POST /_matrix/client/v3/rooms/{roomId}/leave leaveRoom",
        "POST /_matrix/client/v3/rooms/{roomId}/unban unban",
        "POST /_matrix/client/v3/rooms/{roomId}/upgrade upgradeRoom",
        "POST /_matrix/client/v3/rooms/{roomId}/read_markers setReadMarker",
        "POST /_matrix/client/v3/rooms/{roomId}/receipt/{receiptType}/{eventId} postReceipt",
        "POST /_matrix/client/v3/rooms/{roomId}/report reportRoom",
        "POST /_matrix/client/v3/rooms/{roomId}/report/{eventId} reportEvent",
        "POST /_matrix/client/v3/user/{userId}/filter defineFilter",
        "POST /_matrix/client/v3/users/{userId}/report reportUser",
        "POST /_matrix/client/v3/search search",
        "POST /_matrix/client/v3/user_directory/search searchUserDirectory",
        "PUT /_matrix/client/v1/admin/lock/{userId} setAdminLockUser",
        "PUT /_matrix/client/v1/admin/suspend/{userId} setAdminSuspendUser",
        "PUT /_matrix/client/v3/devices/{deviceId} updateDevice",
        "PUT /_matrix/client/v3/directory/list/room/{roomId} setRoomVisibilityOnDirectory",
        "PUT /_matrix/client/v3/directory/room/{roomAlias} setRoomAlias",
        "PUT /_matrix/client/v3/presence/{userId}/status setPresence",
        "PUT /_matrix/client/v3/profile/{userId}/{keyName} setProfileField",
        "PUT /_matrix/client/v3/pushrules/global/{kind}/{ruleId} setPushRule",
        "PUT /_matrix/client/v3/pushrules/global/{kind}/{ruleId}/actions setPushRuleActions",
        "PUT /_matrix/client/v3/pushrules/global/{kind}/{ruleId}/enabled setPushRuleEnabled",
        "PUT /_matrix/client/v3/room_keys/keys putRoomKeys",
        "PUT /_matrix/client/v3/room_keys/keys/{roomId} putRoomKeysByRoomId",
        "PUT /_matrix/client/v3/room_keys/keys/{roomId}/{sessionId} putRoomKeyBySessionId",
        "PUT /_matrix/client/v3/room_keys/version/{version} putRoomKeysVersion",
        "PUT /_matrix/client/v3/rooms/{roomId}/redact/{eventId}/{txnId} redactEvent",
        "PUT /_matrix/client/v3/rooms/{roomId}/send/{eventType}/{txnId} sendMessage",
        "PUT /_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey?} setRoomStateWithKey",
        "PUT /_matrix/client/v3/rooms/{roomId}/typing/{userId} setTyping",
        "PUT /_matrix/client/v3/sendToDevice/{eventType}/{txnId} sendToDevice",
        "PUT /_matrix/client/v3/user/{userId}/account_data/{type} setAccountData",
        "PUT /_matrix/client/v3/user/{userId}/rooms/{roomId}/account_data/{type} setAccountDataPerRoom",
        "PUT /_matrix/client/v3/user/{userId}/rooms/{roomId}/tags/{tag} setRoomTag",
    ];

    [Fact]
    public void Routes_OfWholeServer_AreThese()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseTestServer();
        builder.Services.AddMatrixRealtime();
        var app = builder.Build();
        app.MapMatrixRealtime();

        var routes = ((IEndpointRouteBuilder)app).DataSources
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Select(Describe)
            .ToList();

        var missing = Routes.Except(routes).Select(route => $"- {route}");
        var unexpected = routes.Except(Routes).Select(route => $"+ {route}");
        Assert.Equal("", string.Join('\n', missing.Concat(unexpected)));
    }

    private static string Describe(RouteEndpoint endpoint)
    {
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
        var name = endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName;
        return $"{string.Join(',', methods)} {endpoint.RoutePattern.RawText} {name}";
    }
}
