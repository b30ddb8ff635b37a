using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Typing;

/// <summary>Who sees typing, and in which shape: TYP-11 to TYP-13, TYP-15 to TYP-19, TYP-21, TYP-22.</summary>
public sealed class TypingVisibilityTests
{
    [Theory]
    [AllDatabases]
    public async Task Typing_InSync_IsTheWholeSetWithoutRoomId(DatabaseKind kind)
    {
        await using var scene = await TypingScene.SetAsync(kind);
        await scene.Alice.TypeAsync(scene.Room);
        var first = await scene.Bob.SyncAsync(scene.Since);
        await scene.Bob.TypeAsync(scene.Room);
        var second = await scene.Bob.SyncAsync((string)first["next_batch"]!);

        var typing = Assert.Single(first["rooms"]!["join"]![scene.Room]!["ephemeral"]!["events"]!.AsArray())!;
        Assert.Equal(
            """{"type":"m.typing","content":{"user_ids":["@alice:localhost"]}}""",
            typing.ToJsonString());
        Assert.Equal([scene.Alice.UserId, scene.Bob.UserId], TypingScene.TypistsIn(second, scene.Room));
    }

    [Theory]
    [AllDatabases]
    public async Task Typing_OfOneself_ReachesOnesOtherDevices(DatabaseKind kind)
    {
        await using var scene = await TypingScene.SetAsync(kind);
        var phone = await scene.App.LoginAsync("alice");
        var since = (string)(await phone.SyncAsync())["next_batch"]!;

        var poll = phone.SyncAsync(since, timeout: 30_000);
        await scene.Alice.TypeAsync(scene.Room);

        Assert.Equal([scene.Alice.UserId], TypingScene.TypistsIn(await poll, scene.Room));
    }

    [Theory]
    [AllDatabases]
    public async Task Typing_AfterOldToken_IsToldEvenWhenTheSetIsEmpty(DatabaseKind kind)
    {
        await using var scene = await TypingScene.SetAsync(kind);
        var old = scene.Since;
        await scene.Alice.TypeAsync(scene.Room);
        await scene.Alice.TypeAsync(scene.Room, typing: false);

        Assert.Empty(TypingScene.TypistsIn(await scene.Bob.SyncAsync(old), scene.Room)!);
        await scene.PollAsync();
        Assert.Null(await scene.PollAsync(timeout: 0));
    }

    [Theory]
    [AllDatabases]
    public async Task Typing_InFirstAndGappedSync_IsThereWhileSomebodyTypes(DatabaseKind kind)
    {
        await using var scene = await TypingScene.SetAsync(kind);
        Assert.Null(TypingScene.TypistsIn(await scene.Bob.SyncAsync(), scene.Room));

        await scene.Alice.TypeAsync(scene.Room);
        for (var i = 0; i < 15; i++)
        {
            await scene.Bob.SendAsync(scene.Room, $"message {i}");
        }

        var gapped = await scene.Bob.SyncAsync(scene.Since);
        Assert.True((bool)gapped["rooms"]!["join"]![scene.Room]!["timeline"]!["limited"]!);
        Assert.Equal([scene.Alice.UserId], TypingScene.TypistsIn(gapped, scene.Room));
        Assert.Equal([scene.Alice.UserId], TypingScene.TypistsIn(await scene.Bob.SyncAsync(), scene.Room));
    }

    [Theory]
    [AllDatabases]
    public async Task Typing_ThatEndedWhileOneWasAway_IsToldOnReturn(DatabaseKind kind)
    {
        await using var scene = await TypingScene.SetAsync(kind);
        await scene.Alice.TypeAsync(scene.Room);
        Assert.Equal([scene.Alice.UserId], await scene.PollAsync());
        await scene.Bob.LeaveAsync(scene.Room);
        await scene.PollAsync();
        await scene.Alice.TypeAsync(scene.Room, typing: false);
        Assert.Null(await scene.PollAsync(timeout: 0));

        await scene.Bob.JoinAsync(scene.Room);

        Assert.Empty((await scene.PollAsync())!);
    }

    [Theory]
    [AllDatabases]
    public async Task Typing_ForOutsiders_IsNotThere(DatabaseKind kind)
    {
        await using var scene = await TypingScene.SetAsync(kind);
        var carol = await scene.App.RegisterAsync("carol");
        var dave = await scene.App.RegisterAsync("dave");
        await dave.JoinAsync(scene.Room);
        await dave.LeaveAsync(scene.Room);
        await scene.Alice.InviteAsync(scene.Room, carol);
        var sinceCarol = (string)(await carol.SyncAsync())["next_batch"]!;
        var sinceDave = (string)(await dave.SyncAsync())["next_batch"]!;

        await scene.Alice.TypeAsync(scene.Room);

        Assert.Null((await carol.SyncAsync(sinceCarol))["rooms"]?["join"]);
        Assert.Empty((await dave.SyncAsync(sinceDave))["rooms"]?.AsObject() ?? []);
    }

    [Theory]
    [AllDatabases]
    public async Task Typing_OfIgnoredUsers_IsLeftOut(DatabaseKind kind)
    {
        await using var scene = await TypingScene.SetAsync(kind);
        var carol = await scene.App.RegisterAsync("carol");
        await carol.JoinAsync(scene.Room);
        await scene.SetBobsDataAsync(
            "m.ignored_user_list",
            new JsonObject { ["ignored_users"] = new JsonObject { [scene.Alice.UserId] = new JsonObject() } });
        await scene.PollAsync(timeout: 0);

        await scene.Alice.TypeAsync(scene.Room);
        await carol.TypeAsync(scene.Room);

        Assert.Equal([carol.UserId], TypingScene.TypistsIn(await scene.Bob.SyncAsync(scene.Since), scene.Room));
        Assert.Equal([carol.UserId], TypingScene.TypistsIn(await scene.Bob.SyncAsync(), scene.Room));
        Assert.Equal(
            [scene.Alice.UserId, carol.UserId], TypingScene.TypistsIn(await carol.SyncAsync(), scene.Room));
    }

    [Theory]
    [AllDatabases("""{"room":{"ephemeral":{"not_types":["m.typing"]}}}""")]
    [AllDatabases("""{"room":{"ephemeral":{"types":["m.receipt"]}}}""")]
    [AllDatabases("""{"room":{"ephemeral":{"types":[]}}}""")]
    [AllDatabases("""{"room":{"ephemeral":{"limit":0}}}""")]
    [AllDatabases("""{"room":{"ephemeral":{"not_rooms":["!room:of.this.test"]}}}""")]
    [AllDatabases("""{"room":{"not_rooms":["!room:of.this.test"]}}""")]
    [AllDatabases("""{"room":{"ephemeral":{"rooms":["!other:localhost"]}}}""")]
    [AllDatabases("""{"room":{"rooms":["!other:localhost"]}}""")]
    public async Task Typing_FilteredOut_NeitherAnswersNorEndsThePoll(DatabaseKind kind, string filter)
    {
        await using var scene = await TypingScene.SetAsync(kind);

        filter = filter.Replace("!room:of.this.test", scene.Room, StringComparison.Ordinal);
        var poll = scene.Bob.SyncAsync(scene.Since, 30_000, filter);
        await scene.Alice.TypeAsync(scene.Room);
        await scene.SetBobsDataAsync("org.example.end", []);

        var sync = await poll;
        Assert.NotNull(sync["account_data"]);
        Assert.Empty(sync["rooms"]?.AsObject() ?? []);
    }

    [Theory]
    [AllDatabases]
    public async Task Restart_WhileSomebodyTypes_LeavesNoStaleIndicator(DatabaseKind kind)
    {
        await using var scene = await TypingScene.SetAsync(kind);
        await scene.Alice.TypeAsync(scene.Room);
        Assert.Equal([scene.Alice.UserId], await scene.PollAsync());

        await scene.RestartAsync();

        Assert.Empty((await scene.PollAsync())!);
        Assert.Null(TypingScene.TypistsIn(await scene.Bob.SyncAsync(), scene.Room));
        await scene.Alice.TypeAsync(scene.Room, timeout: 5_000);
        Assert.Equal([scene.Alice.UserId], await scene.PollAsync());
    }
}
