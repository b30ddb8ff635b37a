using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Accounts;
using Matrix.Realtime.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Tests.Accounts;

/// <summary>Section 17: <c>GET /login</c> and <c>POST /login</c>.</summary>
public sealed class LoginTests
{
    [Fact]
    public async Task GetLogin_ByAnybody_OffersPasswordOnly()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var app = await RealtimeApplication.StartAsync(database);

        var answer = await app.Anonymous.GetAsync("login").ExpectAsync();

        Assert.Equal("""{"flows":[{"type":"m.login.password"}]}""", answer.ToJsonString());
    }

    [Theory]
    [AllDatabases("alice")]
    [AllDatabases("Alice")]
    [AllDatabases("@alice:localhost")]
    public async Task Login_ByLocalpartOrFullId_LogsIn(DatabaseKind kind, string user)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        await app.SignUpAsync("alice");

        var login = await app.Anonymous.PostAsync("login", AccountRequests.Login(user)).ExpectAsync();

        Assert.Equal("@alice:localhost", (string?)login["user_id"]);
        var owner = (await app.WhoAmIAsync((string)login["access_token"]!)).Expect(HttpStatusCode.OK);
        Assert.Equal((string?)login["device_id"], (string?)owner["device_id"]);
    }

    [Theory]
    [AllDatabases]
    public async Task Login_ByLegacyUserProperty_LogsIn(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        await app.SignUpAsync("alice");

        var login = await app.Anonymous.PostAsync("login", new JsonObject
        {
            ["type"] = "m.login.password",
            ["user"] = "alice",
            ["password"] = AccountRequests.Password,
        }).ExpectAsync();

        Assert.Equal("@alice:localhost", (string?)login["user_id"]);
    }

    [Theory]
    [AllDatabases]
    public async Task Login_WrongInWhateverWay_IsRefusedInTheSameWords(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        await app.SignUpAsync("alice");
        JsonObject[] requests =
        [
            AccountRequests.Login("alice", "wrong"),
            AccountRequests.Login("alice", ""),
            AccountRequests.Login("bob"),
            AccountRequests.Login("not a name"),
            AccountRequests.Login("@alice:elsewhere.example"),
            WithIdentifier(new()
            {
                ["type"] = "m.id.thirdparty",
                ["medium"] = "email",
                ["address"] = "alice@example.org",
            }),
            WithIdentifier(new() { ["type"] = "m.id.phone", ["country"] = "GB", ["phone"] = "07700900000" }),
        ];

        var texts = new HashSet<string>();
        foreach (var request in requests)
        {
            var refusal = await app.Anonymous.PostAsync("login", request)
                .ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
            texts.Add(refusal.ToJsonString());
        }

        Assert.Single(texts);
    }

    [Fact]
    public async Task Login_UnknownTypeOrMissingPart_IsRefused()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var app = await RealtimeApplication.StartAsync(database);
        var withoutPassword = AccountRequests.Login("alice");
        withoutPassword.Remove("password");
        (JsonObject Request, string ErrorCode)[] requests =
        [
            (new() { ["type"] = "m.login.token", ["token"] = "x" }, "M_UNKNOWN"),
            (WithIdentifier(new() { ["type"] = "m.id.carrier_pigeon" }), "M_UNKNOWN"),
            (WithIdentifier(new() { ["type"] = "m.id.user" }), "M_MISSING_PARAM"),
            (new() { ["type"] = "m.login.password", ["password"] = "x" }, "M_MISSING_PARAM"),
            (withoutPassword, "M_MISSING_PARAM"),
            (new() { ["identifier"] = new JsonObject { ["type"] = "m.id.user" } }, "M_BAD_JSON"),
            (WithIdentifier(new() { ["user"] = "alice" }), "M_BAD_JSON"),
        ];

        foreach (var (request, errorCode) in requests)
        {
            await app.Anonymous.PostAsync("login", request).ExpectErrorAsync(HttpStatusCode.BadRequest, errorCode);
        }
    }

    [Theory]
    [AllDatabases]
    public async Task Login_DeactivatedAccount_IsRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        await app.SignUpAsync("alice");
        await database.UseAsync(context => context.Set<AccountRow>()
            .ExecuteUpdateAsync(update => update.SetProperty(row => row.Deactivated, true)));

        await app.Anonymous.PostAsync("login", AccountRequests.Login("alice"))
            .ExpectErrorAsync(HttpStatusCode.Forbidden, "M_USER_DEACTIVATED");
        await app.Anonymous.PostAsync("login", AccountRequests.Login("alice", "wrong"))
            .ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
    }

    private static JsonObject WithIdentifier(JsonObject identifier)
    {
        var request = AccountRequests.Login("alice");
        request["identifier"] = identifier;
        return request;
    }
}
