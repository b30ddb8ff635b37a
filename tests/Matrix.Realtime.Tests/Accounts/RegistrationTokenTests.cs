using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Accounts;

/// <summary>Section 17: where registration tokens are set, only who knows one may register.</summary>
public sealed class RegistrationTokenTests
{
    private const string Stage = "m.login.registration_token";
    private const string Validity = $"/_matrix/client/v1/register/{Stage}/validity";

    [Theory]
    [AllDatabases]
    public async Task Register_WithToken_NeedsARightOne(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await StartAsync(database);
        var challenge = await app.Anonymous.PostAsync("register", Registration(null))
            .ExpectAsync(HttpStatusCode.Unauthorized);
        var session = (string)challenge["session"]!;

        await app.Anonymous.PostAsync("register", Registration(Attempt(session, "wrong")))
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_FORBIDDEN");
        await app.Anonymous.PostAsync("register", Registration(Attempt(session, null)))
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_FORBIDDEN");
        await app.Anonymous.PostAsync("register", Registration(AccountRequests.Dummy(session)))
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_UNRECOGNIZED");
        var account = await app.Anonymous.PostAsync("register", Registration(Attempt(session, "second-one")))
            .ExpectAsync();

        Assert.Equal($$"""[{"stages":["{{Stage}}"]}]""", challenge["flows"]!.ToJsonString());
        Assert.Equal("@alice:localhost", (string?)account["user_id"]);
    }

    [Theory]
    [AllDatabases]
    public async Task Register_WithoutTokensSet_OffersNoTokenStage(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);

        await app.Anonymous.PostAsync("register", Registration(Attempt(null, "first.one")))
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_UNRECOGNIZED");
        var validity = await app.Anonymous.GetAsync($"{Validity}?token=first.one").ExpectAsync();

        Assert.Equal("""{"valid":false}""", validity.ToJsonString());
    }

    [Theory]
    [AllDatabases]
    public async Task Validity_OfToken_IsToldToAnybody(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await StartAsync(database);

        var right = await app.Anonymous.GetAsync($"{Validity}?token=first.one").ExpectAsync();
        var wrong = await app.Anonymous.GetAsync($"{Validity}?token=first").ExpectAsync();

        Assert.Equal("""{"valid":true}""", right.ToJsonString());
        Assert.Equal("""{"valid":false}""", wrong.ToJsonString());
        await app.Anonymous.GetAsync($"{Validity}")
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_MISSING_PARAM");
    }

    [Theory]
    [AllDatabases]
    public async Task Register_WithTokenWhereRegistrationIsOff_IsRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await StartAsync(database, "Production");

        await app.Anonymous.PostAsync("register", Registration(Attempt(null, "first.one")))
            .ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
        await app.Anonymous.GetAsync($"{Validity}?token=first.one")
            .ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
    }

    private static Task<RealtimeApplication> StartAsync(Database database, string environment = "Development") =>
        RealtimeApplication.StartAsync(database, new()
        {
            Environment = environment,
            Settings = new Dictionary<string, string?>
            {
                ["Matrix:Registration:Tokens:0"] = "first.one",
                ["Matrix:Registration:Tokens:1"] = "second-one",
            },
        });

    private static JsonObject Registration(JsonObject? auth) =>
        new() { ["username"] = "alice", ["password"] = AccountRequests.Password, ["auth"] = auth };

    private static JsonObject Attempt(string? session, string? token)
    {
        JsonObject auth = new() { ["type"] = Stage };
        if (session is not null)
        {
            auth["session"] = session;
        }

        if (token is not null)
        {
            auth["token"] = token;
        }

        return auth;
    }
}
