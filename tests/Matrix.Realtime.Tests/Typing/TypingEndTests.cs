using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Typing;

/// <summary>What else ends typing: TYP-20.</summary>
public sealed class TypingEndTests
{
    [Theory]
    [AllDatabases]
    public async Task Message_ByTheTypist_EndsTheirTypingInTheSameResponse(DatabaseKind kind)
    {
        await using var scene = await TypingScene.SetAsync(kind);
        await scene.Alice.TypeAsync(scene.Room);
        await scene.Bob.TypeAsync(scene.Room);
        await scene.PollAsync();

        var poll = scene.Bob.SyncAsync(scene.Since, 30_000);
        var sent = await scene.Alice.SendAsync(scene.Room, "done");

        var sync = await poll;
        var timeline = sync["rooms"]!["join"]![scene.Room]!["timeline"]!["events"]!.AsArray();
        Assert.Equal(sent, (string?)Assert.Single(timeline)!["event_id"]);
        Assert.Equal([scene.Bob.UserId], TypingScene.TypistsIn(sync, scene.Room));

        await scene.Alice.TypeAsync(scene.Room, timeout: 5_000);
        Assert.Equal(
            [scene.Bob.UserId, scene.Alice.UserId],
            TypingScene.TypistsIn(await scene.Bob.SyncAsync(), scene.Room));
    }

    [Theory]
    [AllDatabases]
    public async Task Message_WhereTheOptionIsOff_LeavesTypingAlone(DatabaseKind kind)
    {
        await using var scene = await TypingScene.SetAsync(kind, new RealtimeApplicationOptions
        {
            Settings = new Dictionary<string, string?> { ["Matrix:Typing:EndOnMessage"] = "false" },
        });
        await scene.Alice.TypeAsync(scene.Room);

        await scene.Alice.SendAsync(scene.Room, "and another thing");

        Assert.Equal([scene.Alice.UserId], await scene.PollAsync());
    }

    [Theory]
    [AllDatabases]
    public async Task StateEvent_ByTheTypist_LeavesTypingAlone(DatabaseKind kind)
    {
        await using var scene = await TypingScene.SetAsync(kind);
        await scene.Alice.TypeAsync(scene.Room);

        await scene.Alice.SetStateAsync(scene.Room, "m.room.topic", new JsonObject { ["topic"] = "tea" });

        Assert.Equal([scene.Alice.UserId], await scene.PollAsync());
    }

    [Theory]
    [AllDatabases("leave")]
    [AllDatabases("kick")]
    [AllDatabases("ban")]
    [AllDatabases("state")]
    public async Task Typist_WhoNoLongerIsThere_NoLongerTypes(DatabaseKind kind, string way)
    {
        await using var scene = await TypingScene.SetAsync(kind);
        var carol = await scene.App.RegisterAsync("carol");
        await carol.JoinAsync(scene.Room);
        await carol.TypeAsync(scene.Room, timeout: 60_000);
        await scene.PollAsync();

        await (way switch
        {
            "leave" => carol.LeaveAsync(scene.Room),
            "state" => scene.Alice.SetStateAsync(
                scene.Room, "m.room.member", new JsonObject { ["membership"] = "ban" }, carol.UserId),
            _ => scene.Alice.PostAsync(
                $"rooms/{MatrixClient.Escape(scene.Room)}/{way}",
                new JsonObject { ["user_id"] = carol.UserId }).ExpectAsync(),
        });

        Assert.Empty((await scene.PollAsync())!);
        scene.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(await scene.PollAsync(timeout: 0));
    }
}
