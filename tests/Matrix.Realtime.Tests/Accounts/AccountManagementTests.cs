using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Accounts;

/// <summary>
/// Section 17: <c>/account/password</c>, <c>/account/deactivate</c>, <c>/account/3pid</c>, all behind UIA.
/// </summary>
public sealed class AccountManagementTests
{
    [Theory]
    [AllDatabases]
    public async Task ChangePassword_AfterThePassword_LogsOtherDevicesOut(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var phone = await app.LoginAsync("alice");
        JsonObject request = new() { ["new_password"] = "new secret" };

        var challenge = await alice.PostAsync("account/password", request).ExpectAsync(HttpStatusCode.Unauthorized);
        Assert.Equal("""[{"stages":["m.login.password"]}]""", challenge["flows"]!.ToJsonString());
        request["auth"] = alice.PasswordAuth((string?)challenge["session"]);
        await alice.PostAsync("account/password", request).ExpectAsync();

        await alice.GetAsync("account/whoami").ExpectAsync();
        await phone.GetAsync("account/whoami").ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");
        await app.Anonymous.PostAsync("login", AccountRequests.Login("alice", "wonderland"))
            .ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
        await app.Anonymous.PostAsync("login", AccountRequests.Login("alice", "new secret")).ExpectAsync();
    }

    [Theory]
    [AllDatabases]
    public async Task ChangePassword_KeepingDevices_KeepsThem(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var phone = await app.LoginAsync("alice");

        await alice.PostAsync("account/password", new JsonObject
        {
            ["new_password"] = "new secret",
            ["logout_devices"] = false,
            ["auth"] = alice.PasswordAuth(),
        }).ExpectAsync();

        await phone.GetAsync("account/whoami").ExpectAsync();
    }

    [Theory]
    [AllDatabases]
    public async Task PasswordStage_WrongUserOrPassword_IsRefusedInTheChallenge(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        JsonObject legacy = new() { ["type"] = "m.login.password", ["user"] = "bob", ["password"] = "wonderland" };

        foreach (var auth in new[] { alice.PasswordAuth(password: "wrong"), bob.PasswordAuth(), legacy })
        {
            var refusal = await alice.PostAsync("account/password", new JsonObject
            {
                ["new_password"] = "new secret",
                ["auth"] = auth,
            }).ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_FORBIDDEN");
            Assert.NotNull(refusal["session"]);
        }

        await app.LoginAsync("alice");
    }

    [Theory]
    [AllDatabases]
    public async Task Session_BegunBeforeARestart_IsGoodAfterIt(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var challenge = await alice.PostAsync("account/password", new JsonObject { ["new_password"] = "new secret" })
            .ExpectAsync(HttpStatusCode.Unauthorized);

        await using var again = await app.RestartAsync();
        await again.Anonymous.As(alice).PostAsync("account/password", new JsonObject
        {
            ["auth"] = alice.PasswordAuth((string?)challenge["session"]),
        }).ExpectAsync();

        await again.Anonymous.PostAsync("login", AccountRequests.Login("alice", "new secret")).ExpectAsync();
    }

    [Theory]
    [AllDatabases]
    public async Task Deactivate_AfterThePassword_ClosesTheAccountForGood(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var room = await bob.CreateRoomAsync();
        await alice.JoinAsync(room);

        await alice.PostAsync("account/deactivate", new JsonObject()).ExpectAsync(HttpStatusCode.Unauthorized);
        var answer = await alice.PostAsync(
            "account/deactivate", new JsonObject { ["auth"] = alice.PasswordAuth() }).ExpectAsync();

        Assert.Equal("success", (string?)answer["id_server_unbind_result"]);
        await alice.GetAsync("account/whoami").ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");
        await app.Anonymous.PostAsync("login", AccountRequests.Login("alice", "wonderland"))
            .ExpectErrorAsync(HttpStatusCode.Forbidden, "M_USER_DEACTIVATED");
        await app.Anonymous.GetAsync("register/available?username=alice")
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_USER_IN_USE");
        var members = await bob.GetAsync($"rooms/{MatrixClient.Escape(room)}/joined_members").ExpectAsync();
        Assert.Equal([bob.UserId], members["joined"]!.AsObject().Select(member => member.Key));
    }

    [Fact]
    public async Task ThirdPartyIdentifiers_OfAnybody_AreNone()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");

        Assert.Equal("""{"threepids":[]}""", (await alice.GetAsync("account/3pid").ExpectAsync()).ToJsonString());
    }
}
