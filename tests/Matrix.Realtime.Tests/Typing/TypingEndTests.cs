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
                $"rooms/{MatrixClient.Escape(scene.Room)}/{way}", new JsonObject { ["user_id"] = carol.UserId }).ExpectAsync(),
        });

        Assert.Empty((await scene.PollAsync())!);
        scene.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(await scene.PollAsync(timeout: 0));
    }

    [Theory]
    [AllDatabases]
    public async Task Toggles_ByManyAtOnce_EndWithWhoeverTypesStill(DatabaseKind kind)
    {
        await using var scene = await TypingScene.SetAsync(kind);
        var users = await Task.WhenAll(Enumerable.Range(0, 8).Select(async index =>
        {
            var user = await scene.App.RegisterAsync($"typist{index}");
            await user.JoinAsync(scene.Room);
            return user;
        }));

        await Task.WhenAll(users.Select(async (user, index) =>
        {
            for (var i = 0; i < 25; i++)
            {
                await user.TypeAsync(scene.Room, typing: (i + index) % 2 == 0);
            }
        }));

        var typing = users.Where((_, index) => (24 + index) % 2 == 0).Select(user => user.UserId).Order();
        Assert.Equal(typing, TypingScene.TypistsIn(await scene.Bob.SyncAsync(), scene.Room)!.Order());
    }

    [Theory]
    [AllDatabases]
    public async Task Renewals_AgainstExpiry_NeverEndWithAnAcknowledgedRenewalLost(DatabaseKind kind)
    {
        await using var scene = await TypingScene.SetAsync(kind);
        for (var round = 0; round < 30; round++)
        {
            await scene.Alice.TypeAsync(scene.Room, timeout: 1_000);
            await Task.WhenAll(
                Task.Run(() => scene.Time.Advance(TimeSpan.FromSeconds(1))),
                Task.Run(() => scene.Alice.TypeAsync(scene.Room, timeout: 60_000)));

            Assert.Equal(
                [scene.Alice.UserId], TypingScene.TypistsIn(await scene.Bob.SyncAsync(), scene.Room));
            await scene.Alice.TypeAsync(scene.Room, typing: false);
        }
    }
}
