using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Typing;

/// <summary>What may be asked of <c>PUT …/typing/{userId}</c>: TYP-1, TYP-2, TYP-7 to TYP-10.</summary>
public sealed class TypingRequestTests
{
    [Theory]
    [AllDatabases("{}", "M_BAD_JSON")]
    [AllDatabases("""{"typing":"true"}""", "M_BAD_JSON")]
    [AllDatabases("""{"typing":null}""", "M_BAD_JSON")]
    [AllDatabases("""{"typing":true,"timeout":"5000"}""", "M_BAD_JSON")]
    [AllDatabases("""{"typing":true,"timeout":1.5}""", "M_BAD_JSON")]
    [AllDatabases("[]", "M_BAD_JSON")]
    [AllDatabases("typing", "M_NOT_JSON")]
    public async Task PutTyping_MalformedBody_IsRefusedAndChangesNothing(DatabaseKind kind, string body, string errorCode)
    {
        await using var scene = await TypingScene.SetAsync(kind);

        var answer = await scene.Alice.SendAsync(
            HttpMethod.Put, scene.TypingPath(scene.Alice), MatrixClient.JsonContent(body));

        answer.ExpectError(HttpStatusCode.BadRequest, errorCode);
        Assert.Null(await scene.PollAsync(timeout: 0));
    }

    [Theory]
    [AllDatabases]
    public async Task PutTyping_ForAnotherUser_IsForbidden(DatabaseKind kind)
    {
        await using var scene = await TypingScene.SetAsync(kind);

        await scene.Bob.PutAsync(scene.TypingPath(scene.Alice), new JsonObject { ["typing"] = true })
            .ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");

        Assert.Null(await scene.PollAsync(timeout: 0));
    }

    [Theory]
    [AllDatabases]
    public async Task PutTyping_NotJoined_IsForbiddenWhateverTheMembership(DatabaseKind kind)
    {
        await using var scene = await TypingScene.SetAsync(kind);
        var carol = await scene.App.RegisterAsync("carol");
        await RefusedAsync(scene, carol);

        await scene.Alice.InviteAsync(scene.Room, carol);
        await RefusedAsync(scene, carol);

        await carol.JoinAsync(scene.Room);
        await carol.LeaveAsync(scene.Room);
        await RefusedAsync(scene, carol);

        await carol.PutAsync($"rooms/!unknown/typing/{MatrixClient.Escape(carol.UserId)}", new JsonObject { ["typing"] = true })
            .ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
        await scene.App.Anonymous.PutAsync(scene.TypingPath(carol), new JsonObject { ["typing"] = true })
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_MISSING_TOKEN");
    }

    [Theory]
    [AllDatabases]
    public async Task PutTyping_OftenerThanTheLimit_IsToldToWait(DatabaseKind kind)
    {
        await using var scene = await TypingScene.SetAsync(kind, new RealtimeApplicationOptions
        {
            Settings = new Dictionary<string, string?>
            {
                ["Matrix:Typing:RateLimit:PermitLimit"] = "2",
                ["Matrix:Typing:RateLimit:Window"] = "01:00:00",
            },
        });
        await scene.Alice.TypeAsync(scene.Room);
        await scene.Alice.TypeAsync(scene.Room, typing: false);

        var refusal = await scene.Alice.PutAsync(scene.TypingPath(scene.Alice), new JsonObject { ["typing"] = true })
            .ExpectErrorAsync(HttpStatusCode.TooManyRequests, "M_LIMIT_EXCEEDED");

        Assert.True((long)refusal["retry_after_ms"]! > 0);
        await scene.Bob.TypeAsync(scene.Room);
    }

    private static Task RefusedAsync(TypingScene scene, MatrixClient user) =>
        user.PutAsync(scene.TypingPath(user), new JsonObject { ["typing"] = true })
            .ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
}
