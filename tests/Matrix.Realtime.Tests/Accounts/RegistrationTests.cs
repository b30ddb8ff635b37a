using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Accounts;

/// <summary>Section 17: <c>POST /register</c>.</summary>
public sealed class RegistrationTests
{
    [Theory]
    [AllDatabases]
    public async Task Register_NewName_LogsIn(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var request = AccountRequests.Registration("alice");
        request["device_id"] = "PHONE";

        var account = await app.Anonymous.PostAsync("register?kind=user", request).ExpectAsync();

        Assert.Equal("@alice:localhost", (string?)account["user_id"]);
        Assert.Equal("PHONE", (string?)account["device_id"]);
        var owner = await app.WhoAmIAsync((string)account["access_token"]!);
        Assert.Equal("@alice:localhost", (string?)owner.Json["user_id"]);
        Assert.Equal("PHONE", (string?)owner.Json["device_id"]);
    }

    [Theory]
    [AllDatabases]
    public async Task Register_WithoutName_MakesOneUp(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);

        var first = await app.Anonymous.PostAsync("register", AccountRequests.Registration(null)).ExpectAsync();
        var second = await app.Anonymous.PostAsync("register", AccountRequests.Registration(null)).ExpectAsync();

        Assert.Matches("^@[a-z0-9]+:localhost$", (string?)first["user_id"]);
        Assert.NotEqual((string?)first["user_id"], (string?)second["user_id"]);
        Assert.NotEqual((string?)first["device_id"], (string?)second["device_id"]);
    }

    [Theory]
    [AllDatabases]
    public async Task Register_InhibitLogin_CreatesNoDevice(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var request = AccountRequests.Registration("alice");
        request["inhibit_login"] = true;

        var account = await app.Anonymous.PostAsync("register", request).ExpectAsync();

        Assert.Equal(["user_id"], account.Select(property => property.Key));
        await app.Anonymous.PostAsync("login", AccountRequests.Login("alice")).ExpectAsync();
    }

    [Theory]
    [AllDatabases("alice-9._=/+", "@alice-9._=/+:localhost")]
    [AllDatabases("Alice", "@alice:localhost")]
    public async Task Register_NameByTheGrammar_IsTaken(DatabaseKind kind, string username, string userId)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);

        var account = await app.Anonymous.PostAsync("register", AccountRequests.Registration(username)).ExpectAsync();

        Assert.Equal(userId, (string?)account["user_id"]);
    }

    [Fact]
    public async Task Register_NameAgainstTheGrammar_IsRefused()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var app = await RealtimeApplication.StartAsync(database);
        var longest = new string('a', 255 - "@:localhost".Length);
        string[] usernames = ["", "a b", "@alice:localhost", "a:b", "ü", "\u212Aelvin", "a!", "a\n", longest + "a"];

        foreach (var username in usernames)
        {
            await app.Anonymous.PostAsync("register", AccountRequests.Registration(username))
                .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_USERNAME");
        }

        await app.Anonymous.PostAsync("register", AccountRequests.Registration(longest)).ExpectAsync();
    }

    [Theory]
    [AllDatabases("alice")]
    [AllDatabases("ALICE")]
    public async Task Register_TakenName_IsRefusedBeforeAuthentication(DatabaseKind kind, string username)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        await app.SignUpAsync("alice");

        await app.Anonymous.PostAsync("register", new JsonObject { ["username"] = username, ["password"] = "x" })
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_USER_IN_USE");
    }

    [Theory]
    [AllDatabases]
    public async Task Register_SameNameAtOnce_OneWins(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);

        for (var round = 0; round < 5; round++)
        {
            var request = AccountRequests.Registration($"alice{round}").ToJsonString();
            var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() =>
                app.Anonymous.SendAsync(HttpMethod.Post, "register", MatrixClient.JsonContent(request)))));

            var winner = Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
            (await app.WhoAmIAsync((string)winner.Json["access_token"]!)).Expect(HttpStatusCode.OK);
            foreach (var loser in answers.Where(answer => answer != winner))
            {
                loser.ExpectError(HttpStatusCode.BadRequest, "M_USER_IN_USE");
            }
        }
    }

    [Fact]
    public async Task Register_WithoutPassword_IsRefused()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var app = await RealtimeApplication.StartAsync(database);
        var request = AccountRequests.Registration("alice");
        request.Remove("password");

        await app.Anonymous.PostAsync("register", request)
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_MISSING_PARAM");
        request["password"] = "";
        await app.Anonymous.PostAsync("register", request)
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_WEAK_PASSWORD");
        request["password"] = new string('x', 513);
        await app.Anonymous.PostAsync("register", request)
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");
        request["password"] = 1;
        await app.Anonymous.PostAsync("register", request)
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");
    }

    [Fact]
    public async Task Register_AsGuest_IsRefused()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var app = await RealtimeApplication.StartAsync(database);

        await app.Anonymous.PostAsync("register?kind=guest", new JsonObject())
            .ExpectErrorAsync(HttpStatusCode.Forbidden, "M_GUEST_ACCESS_FORBIDDEN");
        await app.Anonymous.PostAsync("register?kind=robot", new JsonObject())
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");
    }

    [Theory]
    [InlineData("Production", null, false)]
    [InlineData("Production", "true", true)]
    [InlineData("Development", null, true)]
    [InlineData("Development", "false", false)]
    public async Task Register_ByOptionAndEnvironment_IsOpenOrClosed(string environment, string? enabled, bool isOpen)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var app = await RealtimeApplication.StartAsync(database, new()
        {
            Environment = environment,
            Settings = new Dictionary<string, string?> { ["Matrix:Registration:Enabled"] = enabled },
        });

        var answer = await app.Anonymous.PostAsync("register", AccountRequests.Registration("alice"));
        var availability = await app.Anonymous.GetAsync("register/available?username=bob");

        if (isOpen)
        {
            answer.Expect(HttpStatusCode.OK);
            availability.Expect(HttpStatusCode.OK);
            return;
        }

        answer.ExpectError(HttpStatusCode.Forbidden, "M_FORBIDDEN");
        availability.ExpectError(HttpStatusCode.Forbidden, "M_FORBIDDEN");
    }

    [Theory]
    [AllDatabases]
    public async Task CheckUsername_FreeTakenOrInvalid_TellsWhich(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        await app.SignUpAsync("alice");

        var free = await app.Anonymous.GetAsync("register/available?username=bob").ExpectAsync();

        Assert.True((bool?)free["available"]);
        await app.Anonymous.GetAsync("register/available?username=alice")
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_USER_IN_USE");
        await app.Anonymous.GetAsync("register/available?username=a%20b")
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_USERNAME");
        await app.Anonymous.GetAsync("register/available")
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_MISSING_PARAM");
    }
}
