using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Rooms;

namespace Matrix.Realtime.Tests.Accounts;

/// <summary>GEN-11, GEN-12: what administrators can take from an account, and what remains.</summary>
public sealed class ModerationTests
{
    private const string Lock = "lock";
    private const string Suspend = "suspend";

    [Theory]
    [AllDatabases]
    public async Task LockedAccount_CanOnlyLogOut_UntilItIsUnlocked(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await StartAsync(database);
        var (admin, alice) = (await app.RegisterAsync("admin"), await app.RegisterAsync("alice"));
        var phone = await app.Anonymous.LoginAsync("alice");

        Assert.Equal("""{"locked":true}""", (await PutAsync(admin, Lock, alice.UserId, true).ExpectAsync()).ToJsonString());
        var refusal = await alice.GetAsync("account/whoami").ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_USER_LOCKED");
        await alice.GetAsync("sync").ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_USER_LOCKED");
        await alice.GetAsync($"profile/{alice.UserId}").ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_USER_LOCKED");
        await app.Anonymous.PostAsync("login", AccountRequests.Login("alice", "wonderland"))
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_USER_LOCKED");
        await phone.PostAsync("logout", new JsonObject()).ExpectAsync();
        await PutAsync(admin, Lock, alice.UserId, false).ExpectAsync();

        Assert.True((bool)refusal["soft_logout"]!);
        await alice.GetAsync("account/whoami").ExpectAsync();
        await phone.GetAsync("account/whoami").ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");
    }

    [Theory]
    [AllDatabases]
    public async Task LockedAccount_CannotRefresh_ButKeepsItsRefreshToken(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await StartAsync(database);
        var admin = await app.RegisterAsync("admin");
        await app.RegisterAsync("alice");
        var login = AccountRequests.Login("alice", "wonderland");
        login["refresh_token"] = true;
        var tokens = await app.Anonymous.PostAsync("login", login).ExpectAsync();
        var refresh = new JsonObject { ["refresh_token"] = (string)tokens["refresh_token"]! };

        await PutAsync(admin, Lock, "@alice:localhost", true).ExpectAsync();
        await app.Anonymous.PostAsync("refresh", refresh).ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_USER_LOCKED");
        await PutAsync(admin, Lock, "@alice:localhost", false).ExpectAsync();

        await app.Anonymous.PostAsync("refresh", refresh).ExpectAsync();
    }

    [Theory]
    [AllDatabases]
    public async Task SuspendedAccount_ReadsAndLeaves_ButSaysNothing(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await StartAsync(database);
        var (admin, alice) = (await app.RegisterAsync("admin"), await app.RegisterAsync("alice"));
        var room = await alice.CreateRoomAsync();
        await admin.JoinAsync(room);
        var own = await alice.SendAsync(room, "mine");
        var other = await admin.SendAsync(room, "theirs");
        await PutAsync(admin, Suspend, alice.UserId, true).ExpectAsync();

        await RefusedAsync(alice.PutInRoomAsync(room, "send/m.room.message/1", RoomRequests.Text("no")));
        await RefusedAsync(alice.PutInRoomAsync(room, "state/m.room.topic", new() { ["topic"] = "no" }));
        await RefusedAsync(alice.PostAsync("createRoom", new JsonObject()));
        await RefusedAsync(alice.PostInRoomAsync(room, "invite", new() { ["user_id"] = "@bob:localhost" }));
        await RefusedAsync(alice.PostInRoomAsync(await admin.CreateRoomAsync(), "join"));
        await RefusedAsync(alice.PostInRoomAsync(room, "upgrade", new() { ["new_version"] = "12" }));
        await RefusedAsync(alice.PutAsync($"profile/{alice.UserId}/displayname", new JsonObject { ["displayname"] = "no" }));
        await RefusedAsync(alice.PutInRoomAsync(room, $"redact/{MatrixClient.Escape(other)}/2"));
        await RefusedAsync(alice.PutInRoomAsync(room, "send/m.room.redaction/3", new() { ["redacts"] = other }));

        await alice.PutInRoomAsync(room, $"redact/{MatrixClient.Escape(own)}/4").ExpectAsync();
        await alice.SyncAsync();
        await alice.GetInRoomAsync(room, "messages?dir=b").ExpectAsync();
        await alice.LeaveAsync(room);
        await PutAsync(admin, Suspend, alice.UserId, false).ExpectAsync();
        await alice.CreateRoomAsync();

        static Task<JsonObject> RefusedAsync(Task<MatrixResponse> response) =>
            response.ExpectErrorAsync(HttpStatusCode.Forbidden, "M_USER_SUSPENDED");
    }

    [Theory]
    [AllDatabases]
    public async Task Restrictions_OutliveARestart_AndAreToldToAdministrators(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var app = await StartAsync(database);
        var (admin, alice) = (await app.RegisterAsync("admin"), await app.RegisterAsync("alice"));
        await PutAsync(admin, Suspend, alice.UserId, true).ExpectAsync();

        await using var again = await app.RestartAsync();
        (admin, alice) = (again.Continue(admin), again.Continue(alice));

        await alice.PostAsync("createRoom", new JsonObject()).ExpectErrorAsync(HttpStatusCode.Forbidden, "M_USER_SUSPENDED");
        Assert.True((bool)(await GetAsync(admin, Suspend, alice.UserId).ExpectAsync())["suspended"]!);
        Assert.False((bool)(await GetAsync(admin, Lock, alice.UserId).ExpectAsync())["locked"]!);
    }

    [Theory]
    [AllDatabases]
    public async Task Moderation_IsForAdministratorsAlone_AndNotAgainstThem(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await StartAsync(database);
        var (admin, alice) = (await app.RegisterAsync("admin"), await app.RegisterAsync("alice"));

        await PutAsync(alice, Lock, "no user at all", true).ExpectForbiddenAsync();
        await GetAsync(alice, Suspend, alice.UserId).ExpectForbiddenAsync();
        await PutAsync(admin, Lock, admin.UserId, true).ExpectForbiddenAsync();
        await PutAsync(admin, Suspend, "@second:localhost", true).ExpectForbiddenAsync();
        await PutAsync(admin, Lock, "@alice:elsewhere", true).ExpectInvalidParamAsync();
        await PutAsync(admin, Lock, "no user at all", true).ExpectInvalidParamAsync();
        await PutAsync(admin, Lock, "@nobody:localhost", true).ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
        await admin.PutAsync(Path(Lock, alice.UserId), new JsonObject()).ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");

        var forAdmin = (await admin.GetAsync("capabilities").ExpectAsync())["capabilities"]!["m.account_moderation"]!;
        var forAlice = (await alice.GetAsync("capabilities").ExpectAsync())["capabilities"]!.AsObject();
        Assert.Equal("""{"lock":true,"suspend":true}""", forAdmin.ToJsonString());
        Assert.DoesNotContain("m.account_moderation", forAlice);
    }

    private static Task<RealtimeApplication> StartAsync(Database database) => RealtimeApplication.StartAsync(
        database,
        new RealtimeApplicationOptions
        {
            Settings = new Dictionary<string, string?>
            {
                ["Matrix:Admins:0"] = "@admin:localhost",
                ["Matrix:Admins:1"] = "@second:localhost",
            },
        });

    private static Task<MatrixResponse> PutAsync(MatrixClient admin, string what, string userId, bool value) =>
        admin.PutAsync(Path(what, userId), new JsonObject { [what == Lock ? "locked" : "suspended"] = value });

    private static Task<MatrixResponse> GetAsync(MatrixClient admin, string what, string userId) =>
        admin.GetAsync(Path(what, userId));

    private static string Path(string what, string userId) => $"/_matrix/client/v1/admin/{what}/{MatrixClient.Escape(userId)}";
}
