using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Accounts.InteractiveAuthentication;
using Matrix.Realtime.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Matrix.Realtime.Tests.Accounts;

/// <summary>Section 17: the interactive authentication framework, as registering shows it.</summary>
public sealed class InteractiveAuthenticationTests
{
    [Theory]
    [AllDatabases]
    public async Task Register_WithoutAuth_IsToldTheFlows(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);

        var challenge = await app.Anonymous.PostAsync("register", new JsonObject())
            .ExpectAsync(HttpStatusCode.Unauthorized);

        Assert.Equal("""[{"stages":["m.login.dummy"]}]""", challenge["flows"]!.ToJsonString());
        Assert.Equal("{}", challenge["params"]!.ToJsonString());
        Assert.Equal("[]", challenge["completed"]!.ToJsonString());
        Assert.NotEmpty((string)challenge["session"]!);

        // Nothing has failed yet, and clients show an errcode to their user.
        Assert.Null(challenge["errcode"]);
    }

    [Theory]
    [AllDatabases]
    public async Task Register_SessionAfterRestart_IsStillGood(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        string session;
        var app = await RealtimeApplication.StartAsync(database);
        await using (app)
        {
            session = await BeginAsync(app, "alice");
        }

        await using var restarted = await RealtimeApplication.StartAsync(database);
        var account = await restarted.Anonymous
            .PostAsync("register", AccountRequests.Registration("alice", session))
            .ExpectAsync();

        Assert.Equal("@alice:localhost", (string?)account["user_id"]);
    }

    [Theory]
    [AllDatabases]
    public async Task Register_RetryWithNothingButAuth_UsesTheFirstBody(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var session = await BeginAsync(app, "alice");

        var account = await app.Anonymous
            .PostAsync("register", new JsonObject { ["auth"] = AccountRequests.Dummy(session) })
            .ExpectAsync();

        Assert.Equal("@alice:localhost", (string?)account["user_id"]);
        await app.Anonymous.PostAsync("login", AccountRequests.Login("alice")).ExpectAsync();
    }

    [Theory]
    [AllDatabases]
    public async Task Register_RetryAfterAskingForFlowsOnly_UsesTheSecondBody(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var challenge = await app.Anonymous.PostAsync("register", new JsonObject())
            .ExpectAsync(HttpStatusCode.Unauthorized);

        await app.Anonymous
            .PostAsync("register", AccountRequests.Registration("alice", (string)challenge["session"]!))
            .ExpectAsync();
    }

    [Theory]
    [AllDatabases]
    public async Task Register_RetryWithAnotherBody_IsRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var session = await BeginAsync(app, "alice");

        await app.Anonymous.PostAsync("register", AccountRequests.Registration("mallory", session))
            .ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
    }

    [Theory]
    [AllDatabases]
    public async Task Register_StageOfNoFlow_IsToldTheFlowsAgain(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var session = await BeginAsync(app, "alice");
        var request = AccountRequests.Registration("alice", session);
        request["auth"]!["type"] = "m.login.recaptcha";

        var challenge = await app.Anonymous.PostAsync("register", request)
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_UNRECOGNIZED");

        Assert.Equal(session, (string?)challenge["session"]);
        Assert.NotNull(challenge["flows"]);
    }

    [Theory]
    [AllDatabases]
    public async Task Register_SessionWithoutStage_IsToldTheFlowsAgain(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var session = await BeginAsync(app, "alice");

        var challenge = await app.Anonymous
            .PostAsync("register", new JsonObject { ["auth"] = new JsonObject { ["session"] = session } })
            .ExpectAsync(HttpStatusCode.Unauthorized);

        Assert.Equal(session, (string?)challenge["session"]);
        Assert.Null(challenge["errcode"]);
    }

    [Theory]
    [AllDatabases]
    public async Task Register_UnknownSession_BeginsAnother(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);

        var challenge = await app.Anonymous.PostAsync("register", AccountRequests.Registration("alice", "made-up"))
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_UNKNOWN");

        await app.Anonymous
            .PostAsync("register", AccountRequests.Registration("alice", (string)challenge["session"]!))
            .ExpectAsync();
    }

    [Theory]
    [AllDatabases]
    public async Task Register_UsedSession_IsGoodForNothingElse(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var challenge = await app.Anonymous.PostAsync("register", new JsonObject { ["password"] = "x" })
            .ExpectAsync(HttpStatusCode.Unauthorized);
        JsonObject request = new() { ["auth"] = AccountRequests.Dummy((string)challenge["session"]!) };
        await app.Anonymous.PostAsync("register", request).ExpectAsync();

        await app.Anonymous.PostAsync("register", request).ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_UNKNOWN");
    }

    [Theory]
    [AllDatabases]
    public async Task Register_SessionPastItsLifetime_HasExpired(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var app = await RealtimeApplication.StartAsync(database, new()
        {
            Time = time,
            Settings = new Dictionary<string, string?>
            {
                ["Matrix:InteractiveAuthentication:SessionLifetime"] = "00:05:00",
            },
        });
        var first = await BeginAsync(app, "alice");
        var second = await BeginAsync(app, "bob");

        time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        await app.Anonymous.PostAsync("register", AccountRequests.Registration("alice", first)).ExpectAsync();
        time.Advance(TimeSpan.FromMilliseconds(1));
        await app.Anonymous.PostAsync("register", AccountRequests.Registration("bob", second))
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_UNKNOWN");

        // The one that it began instead; the expired ones are gone, and so is the one that was used.
        Assert.Equal(1, await database.UseAsync(context => context.Set<UiaSessionRow>().CountAsync()));
    }

    private static async Task<string> BeginAsync(RealtimeApplication app, string username)
    {
        var request = AccountRequests.Registration(username);
        request.Remove("auth");
        var challenge = await app.Anonymous.PostAsync("register", request).ExpectAsync(HttpStatusCode.Unauthorized);
        return (string)challenge["session"]!;
    }
}
