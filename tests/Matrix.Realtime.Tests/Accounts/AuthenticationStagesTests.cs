using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Accounts;

/// <summary>Section 17: interactive authentication in more than one stage, some of which fail.</summary>
public sealed class AuthenticationStagesTests
{
    [Theory]
    [AllDatabases]
    public async Task Request_StageByStage_IsCarriedOutAfterTheLast(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await GuardedEndpoint.StartAsync(database);
        JsonObject request = new() { ["order"] = "tea" };
        var challenge = await server.Client.PostAsync("/guarded/kitchen", request)
            .ExpectAsync(HttpStatusCode.Unauthorized);
        var session = (string)challenge["session"]!;

        request["auth"] = Attempt("secret", session);
        var failed = await server.Client.PostAsync("/guarded/kitchen", request)
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_FORBIDDEN");
        var halfway = await server.Client.PostAsync("/guarded/kitchen", request)
            .ExpectAsync(HttpStatusCode.Unauthorized);
        JsonObject last = new() { ["auth"] = Attempt("m.login.dummy", session) };
        var answer = await server.Client.PostAsync("/guarded/kitchen", last).ExpectAsync();

        Assert.Equal("[]", failed["completed"]!.ToJsonString());
        Assert.Equal("""["secret"]""", halfway["completed"]!.ToJsonString());
        Assert.Equal(session, (string?)halfway["session"]);
        Assert.Null(halfway["errcode"]);
        Assert.Equal("""{"order":"tea"}""", answer.ToJsonString());
    }

    [Theory]
    [AllDatabases]
    public async Task Request_WithSessionOfSomethingElse_IsAskedAnew(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await GuardedEndpoint.StartAsync(database);
        var challenge = await server.Client.PostAsync("/guarded/kitchen", new JsonObject())
            .ExpectAsync(HttpStatusCode.Unauthorized);
        var session = (string)challenge["session"]!;

        JsonObject request = new() { ["auth"] = Attempt("m.login.dummy", session) };
        var other = await server.Client.PostAsync("/guarded/cellar", request)
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_UNKNOWN");

        Assert.NotEqual(session, (string?)other["session"]);
        Assert.Equal("[]", other["completed"]!.ToJsonString());
    }

    private static JsonObject Attempt(string type, string session) => new() { ["type"] = type, ["session"] = session };
}
