using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Microsoft.Extensions.Time.Testing;

namespace Matrix.Realtime.Tests.Accounts;

/// <summary>
/// Section 17: <c>POST /refresh</c>; GEN-2: access tokens that expire; GEN-10: transactions outlive a refresh.
/// </summary>
public sealed class RefreshTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));

    [Theory]
    [AllDatabases("register", null, 3_600_000)]
    [AllDatabases("login", null, 3_600_000)]
    [AllDatabases("login", "00:05:00", 300_000)]
    public async Task Login_AskingForARefreshToken_IsToldWhenToRefresh(
        DatabaseKind kind, string path, string? lifetime, int expiresInMs)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await StartAsync(database, lifetime);
        await app.SignUpAsync("bob");

        var session = await LogInAsync(app, path, path == "register" ? "alice" : "bob");

        Assert.Equal(expiresInMs, (int)session["expires_in_ms"]!);
        Assert.NotEmpty((string)session["refresh_token"]!);
    }

    [Theory]
    [AllDatabases]
    public async Task Login_NotAskingForARefreshToken_LastsUnlessTheServerSaysOtherwise(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await StartAsync(database);

        var session = await app.Anonymous.PostAsync("register", AccountRequests.Registration("alice")).ExpectAsync();

        Assert.Null(session["refresh_token"]);
        Assert.Null(session["expires_in_ms"]);
        _time.Advance(TimeSpan.FromDays(1000));
        (await app.WhoAmIAsync((string)session["access_token"]!)).Expect(HttpStatusCode.OK);

        await using var strict = await app.RestartAsync(Options("00:05:00"));
        var limited = await strict.Anonymous.PostAsync("login", AccountRequests.Login("alice")).ExpectAsync();
        Assert.Equal(300_000, (int)limited["expires_in_ms"]!);
        Assert.Null(limited["refresh_token"]);
    }

    [Theory]
    [AllDatabases(false)]
    [AllDatabases(true)]
    public async Task AccessToken_PastItsLifetime_IsSoftlyLoggedOut(DatabaseKind kind, bool restarted)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var app = await StartAsync(database);
        var session = await LogInAsync(app);
        _time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        (await app.WhoAmIAsync(AccessTokenOf(session))).Expect(HttpStatusCode.OK);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        app = restarted ? await app.RestartAsync() : app;
        await using var _ = app;

        var refusal = (await app.WhoAmIAsync(AccessTokenOf(session)))
            .ExpectError(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");
        Assert.True((bool)refusal["soft_logout"]!);
        await app.WithToken(AccessTokenOf(session)).PostAsync("refresh", RefreshOf(session)).ExpectAsync();
    }

    [Theory]
    [AllDatabases]
    public async Task Refresh_OfAnExpiredToken_GoesOnAsTheSameDevice(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await StartAsync(database);
        var session = await LogInAsync(app);
        _time.Advance(TimeSpan.FromHours(2));

        var next = await RefreshAsync(app, session);

        Assert.Equal(3_600_000, (int)next["expires_in_ms"]!);
        var owner = (await app.WhoAmIAsync(AccessTokenOf(next))).Expect(HttpStatusCode.OK);
        Assert.Equal((string?)session["device_id"], (string?)owner["device_id"]);
    }

    [Theory]
    [AllDatabases]
    public async Task Refresh_NewAccessTokenUsed_EndsTheOldTokens(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await StartAsync(database);
        var session = await LogInAsync(app);
        var next = await RefreshAsync(app, session);
        (await app.WhoAmIAsync(AccessTokenOf(session))).Expect(HttpStatusCode.OK);

        (await app.WhoAmIAsync(AccessTokenOf(next))).Expect(HttpStatusCode.OK);

        (await app.WhoAmIAsync(AccessTokenOf(session))).ExpectError(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");
        await app.Anonymous.PostAsync("refresh", RefreshOf(session))
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");
        await RefreshAsync(app, next);
    }

    [Theory]
    [AllDatabases]
    public async Task Refresh_NewRefreshTokenUsed_EndsTheOldTokensOnly(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await StartAsync(database);
        var session = await LogInAsync(app);
        var second = await RefreshAsync(app, session);

        var third = await RefreshAsync(app, second);

        await app.Anonymous.PostAsync("refresh", RefreshOf(session))
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");
        (await app.WhoAmIAsync(AccessTokenOf(session))).ExpectError(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");
        (await app.WhoAmIAsync(AccessTokenOf(second))).Expect(HttpStatusCode.OK);
        (await app.WhoAmIAsync(AccessTokenOf(third))).Expect(HttpStatusCode.OK);
        (await app.WhoAmIAsync(AccessTokenOf(second))).ExpectError(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");
    }

    [Theory]
    [AllDatabases]
    public async Task Refresh_RepeatedAfterLosingTheAnswer_EndsWhatWasLost(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await StartAsync(database);
        var session = await LogInAsync(app);
        var lost = await RefreshAsync(app, session);

        var next = await RefreshAsync(app, session);

        (await app.WhoAmIAsync(AccessTokenOf(lost))).ExpectError(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");
        await app.Anonymous.PostAsync("refresh", RefreshOf(lost))
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");
        (await app.WhoAmIAsync(AccessTokenOf(next))).Expect(HttpStatusCode.OK);
    }

    [Theory]
    [AllDatabases]
    public async Task Refresh_NewTokenUsedManyTimesAtOnce_AnswersAll(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await StartAsync(database);
        var next = await RefreshAsync(app, await LogInAsync(app));

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => app.WhoAmIAsync(AccessTokenOf(next)))));

        Assert.All(answers, answer => answer.Expect(HttpStatusCode.OK));
    }

    [Theory]
    [AllDatabases]
    public async Task Refresh_AfterLogout_IsRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await StartAsync(database);
        var session = await LogInAsync(app);
        await app.WithToken(AccessTokenOf(session)).PostAsync("logout").ExpectAsync();

        await app.Anonymous.PostAsync("refresh", RefreshOf(session))
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");
    }

    [Theory]
    [AllDatabases]
    public async Task Refresh_ByAnythingElse_IsRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await StartAsync(database);
        var session = await LogInAsync(app);

        await app.Anonymous.PostAsync("refresh", new JsonObject { ["refresh_token"] = AccessTokenOf(session) })
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");
        await app.Anonymous.PostAsync("refresh", new JsonObject())
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");
        (await app.WhoAmIAsync((string)session["refresh_token"]!))
            .ExpectError(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");
    }

    [Theory]
    [AllDatabases]
    public async Task Send_RepeatedAfterRefresh_IsTheSameTransaction(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await StartAsync(database);
        var session = await LogInAsync(app);
        var before = app.WithToken(AccessTokenOf(session));
        var path = $"rooms/{MatrixClient.Escape(await before.CreateRoomAsync())}/send/m.room.message/once";
        JsonObject message = new() { ["msgtype"] = "m.text", ["body"] = "hello" };
        var sent = await before.PutAsync(path, message).ExpectAsync();

        var after = app.WithToken(AccessTokenOf(await RefreshAsync(app, session)));

        var repeated = await after.PutAsync(path, message).ExpectAsync();
        Assert.Equal((string?)sent["event_id"], (string?)repeated["event_id"]);
    }

    private RealtimeApplicationOptions Options(string? lifetime = null) => new()
    {
        Time = _time,
        Settings = new Dictionary<string, string?> { ["Matrix:AccessTokenLifetime"] = lifetime },
    };

    private Task<RealtimeApplication> StartAsync(Database database, string? lifetime = null) =>
        RealtimeApplication.StartAsync(database, Options(lifetime));

    private static Task<JsonObject> LogInAsync(RealtimeApplication app, string path = "register", string name = "alice")
    {
        var request = path == "register" ? AccountRequests.Registration(name) : AccountRequests.Login(name);
        request["refresh_token"] = true;
        return app.Anonymous.PostAsync(path, request).ExpectAsync();
    }

    private static Task<JsonObject> RefreshAsync(RealtimeApplication app, JsonObject session) =>
        app.Anonymous.PostAsync("refresh", RefreshOf(session)).ExpectAsync();

    private static JsonObject RefreshOf(JsonObject session) =>
        new() { ["refresh_token"] = (string?)session["refresh_token"] };

    private static string AccessTokenOf(JsonObject session) => (string)session["access_token"]!;
}
