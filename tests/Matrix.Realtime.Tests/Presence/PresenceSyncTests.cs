using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Presence;

/// <summary>What syncs say of presence, and when. PRS-8, PRS-10 to PRS-28, TYP-23.</summary>
public sealed class PresenceSyncTests
{
    [Theory]
    [AllDatabases]
    public async Task First_HasOwnAndThoseWhoAreThere(DatabaseKind kind)
    {
        await using var scene = await PresenceScene.SetAsync(kind);
        var carol = await scene.Ground.RegisterAsync("carol");
        await carol.JoinAsync(scene.Room);
        await PresenceScene.SetAsync(carol, "offline", "gone fishing");
        await PresenceScene.SetAsync(scene.Alice, "unavailable", "at lunch");

        var sync = await scene.Bob.SyncAsync();

        Assert.Equal("online", (string?)PresenceScene.Of(sync, scene.Bob)!["presence"]);
        Assert.Equal(
            """{"presence":"unavailable","status_msg":"at lunch","last_active_ago":0}""",
            PresenceScene.Of(sync, scene.Alice)!.ToJsonString());
        Assert.Null(PresenceScene.Of(sync, carol));
    }

    [Theory]
    [AllDatabases]
    public async Task Change_ReachesRoomMatesOnce_AndNobodyElse(DatabaseKind kind)
    {
        await using var scene = await PresenceScene.SetAsync(kind);
        var carol = await scene.Ground.RegisterAsync("carol");
        var (bobSince, carolSince) = (await BeginAsync(scene.Bob), await BeginAsync(carol));

        await PresenceScene.SetAsync(scene.Alice, "online", "here");

        var (content, since) = await PresenceScene.ExpectAsync(scene.Bob, bobSince, scene.Alice);
        Assert.Equal("online", (string?)content["presence"]);
        Assert.Equal("here", (string?)content["status_msg"]);
        Assert.True((bool?)content["currently_active"]);
        Assert.Null((await PresenceScene.WatchAsync(scene.Bob, since))["presence"]);
        Assert.Null((await PresenceScene.WatchAsync(carol, carolSince))["presence"]);
        Assert.Null((await PresenceScene.WatchAsync(carol))["presence"]);
    }

    [Theory]
    [AllDatabases]
    public async Task OwnChange_IsInOnesOwnSync(DatabaseKind kind)
    {
        await using var scene = await PresenceScene.SetAsync(kind);
        var since = await BeginAsync(scene.Alice);

        await PresenceScene.SetAsync(scene.Alice, "online", "here");

        var (content, _) = await PresenceScene.ExpectAsync(scene.Alice, since, scene.Alice);
        Assert.Equal("here", (string?)content["status_msg"]);
    }

    [Theory]
    [AllDatabases]
    public async Task Sync_MarksItsUser_AsItSays(DatabaseKind kind)
    {
        await using var scene = await PresenceScene.SetAsync(kind);
        var since = await BeginAsync(scene.Bob);

        await PresenceScene.SyncAsync(scene.Alice, "offline");
        Assert.Equal("offline", (string?)(await PresenceScene.GetAsync(scene.Bob, scene.Alice))["presence"]);

        await PresenceScene.SyncAsync(scene.Alice, "unavailable");
        (var content, since) = await PresenceScene.ExpectAsync(scene.Bob, since, scene.Alice);
        Assert.Equal("unavailable", (string?)content["presence"]);

        await scene.Alice.SyncAsync();
        (content, since) = await PresenceScene.ExpectAsync(scene.Bob, since, scene.Alice);
        Assert.Equal("online", (string?)content["presence"]);

        await PresenceScene.SyncAsync(scene.Alice, "offline");
        Assert.Equal("online", (string?)(await PresenceScene.GetAsync(scene.Bob, scene.Alice))["presence"]);
        Assert.Null((await PresenceScene.WatchAsync(scene.Bob, since))["presence"]);
    }

    [Theory]
    [AllDatabases]
    public async Task User_WhoStaysAway_IsSeenToPassThroughAllStates(DatabaseKind kind)
    {
        await using var scene = await PresenceScene.SetAsync(kind);
        var since = await BeginAsync(scene.Bob);
        await PresenceScene.SetAsync(scene.Alice, "online", "here");
        (_, since) = await PresenceScene.ExpectAsync(scene.Bob, since, scene.Alice);
        var poll = scene.Alice.SyncAsync(await BeginAsync(scene.Alice), 300_000, """{"presence":{"types":[]}}""");
        await scene.Ground.Live.WaitForPollsAsync(scene.Alice);

        scene.Time.Advance(TimeSpan.FromSeconds(60));
        (var content, since) = await PresenceScene.ExpectAsync(scene.Bob, since, scene.Alice);
        Assert.Equal(
            """{"presence":"online","status_msg":"here","last_active_ago":60000,"currently_active":false}""",
            content.ToJsonString());

        scene.Time.Advance(TimeSpan.FromSeconds(240));
        (content, since) = await PresenceScene.ExpectAsync(scene.Bob, since, scene.Alice);
        Assert.Equal(
            """{"presence":"unavailable","status_msg":"here","last_active_ago":300000}""", content.ToJsonString());

        await poll;
        scene.Time.Advance(TimeSpan.FromSeconds(30));
        (content, since) = await PresenceScene.ExpectAsync(scene.Bob, since, scene.Alice);
        Assert.Equal("offline", (string?)content["presence"]);
        Assert.Equal("here", (string?)content["status_msg"]);
        Assert.Null((await PresenceScene.WatchAsync(scene.Bob, since))["presence"]);
    }

    [Theory]
    [AllDatabases("typing")]
    [AllDatabases("send")]
    [AllDatabases("receipt")]
    public async Task Activity_BringsBackOnline(DatabaseKind kind, string activity)
    {
        await using var scene = await PresenceScene.SetAsync(kind);
        var eventId = await scene.Bob.SendAsync(scene.Room, "hello");
        var since = await BeginAsync(scene.Bob);
        await PresenceScene.SetAsync(scene.Alice, "unavailable");
        (_, since) = await PresenceScene.ExpectAsync(scene.Bob, since, scene.Alice);

        await (activity switch
        {
            "typing" => scene.Alice.TypeAsync(scene.Room),
            "send" => scene.Alice.SendAsync(scene.Room, "hi"),
            _ => scene.Alice.PostAsync($"rooms/{MatrixClient.Escape(scene.Room)}/receipt/m.read/{MatrixClient.Escape(eventId)}")
                .ExpectAsync(),
        });

        Assert.Equal("online", (string?)(await PresenceScene.GetAsync(scene.Bob, scene.Alice))["presence"]);
        var (content, _) = await PresenceScene.ExpectAsync(scene.Bob, since, scene.Alice);
        Assert.Equal("online", (string?)content["presence"]);
    }

    [Theory]
    [AllDatabases]
    public async Task Join_ShowsBothSidesToEachOther_Once(DatabaseKind kind)
    {
        await using var scene = await PresenceScene.SetAsync(kind);
        var carol = await scene.Ground.RegisterAsync("carol");
        await PresenceScene.SetAsync(scene.Alice, "online", "host");
        await PresenceScene.SetAsync(carol, "online", "guest");
        var (aliceSince, carolSince) = (await BeginAsync(scene.Alice), await BeginAsync(carol));

        await carol.JoinAsync(scene.Room);

        var alice = await PresenceScene.WatchAsync(scene.Alice, aliceSince);
        Assert.Equal("guest", (string?)PresenceScene.Of(alice, carol)!["status_msg"]);
        Assert.Null((await PresenceScene.WatchAsync(scene.Alice, (string)alice["next_batch"]!))["presence"]);
        var guest = await PresenceScene.WatchAsync(carol, carolSince);
        Assert.Equal("host", (string?)PresenceScene.Of(guest, scene.Alice)!["status_msg"]);
        Assert.Null((await PresenceScene.WatchAsync(carol, (string)guest["next_batch"]!))["presence"]);
    }

    [Theory]
    [AllDatabases]
    public async Task Filter_Decides(DatabaseKind kind)
    {
        await using var scene = await PresenceScene.SetAsync(kind);
        await PresenceScene.SetAsync(scene.Alice, "online");

        foreach (var none in new[]
        {
            """{"presence":{"not_types":["*"]}}""",
            """{"presence":{"types":[]}}""",
            """{"presence":{"limit":0}}""",
            """{"presence":{"not_senders":["@alice:localhost","@bob:localhost"]}}""",
        })
        {
            Assert.Null((await scene.Bob.SyncAsync(filter: none))["presence"]);
        }

        var sync = await scene.Bob.SyncAsync(filter: """{"presence":{"senders":["@alice:localhost"]}}""");
        Assert.Single(sync["presence"]!["events"]!.AsArray());
        Assert.NotNull(PresenceScene.Of(sync, scene.Alice));
    }

    [Theory]
    [AllDatabases]
    public async Task IgnoredUsers_AreNotSeen_UntilTheyAreIgnoredNoMore(DatabaseKind kind)
    {
        await using var scene = await PresenceScene.SetAsync(kind);
        await scene.Bob.IgnoreAsync(scene.Alice);
        var since = await BeginAsync(scene.Bob);

        await PresenceScene.SetAsync(scene.Alice, "online");

        Assert.Null(PresenceScene.Of(await PresenceScene.WatchAsync(scene.Bob), scene.Alice));
        var sync = await PresenceScene.WatchAsync(scene.Bob, since);
        Assert.Null(sync["presence"]);
        await scene.Bob.IgnoreAsync();
        Assert.NotNull(PresenceScene.Of(
            await PresenceScene.WatchAsync(scene.Bob, (string)sync["next_batch"]!), scene.Alice));
    }

    [Theory]
    [AllDatabases]
    public async Task Profile_IsCarried_AndItsChangeIsAnUpdate(DatabaseKind kind)
    {
        await using var scene = await PresenceScene.SetAsync(kind);
        await PresenceScene.SetAsync(scene.Alice, "online", "here");
        var since = await BeginAsync(scene.Bob);

        await scene.Alice.PutAsync(
            $"profile/{MatrixClient.Escape(scene.Alice.UserId)}/displayname", new JsonObject { ["displayname"] = "Alice" })
            .ExpectAsync();

        var (content, _) = await PresenceScene.ExpectAsync(scene.Bob, since, scene.Alice);
        Assert.Equal("Alice", (string?)content["displayname"]);
        Assert.Equal("online", (string?)content["presence"]);
        Assert.Equal("here", (string?)content["status_msg"]);
    }

    [Theory]
    [AllDatabases]
    public async Task Changes_EndAWaitTogether_AndDoNotDelayReads(DatabaseKind kind)
    {
        await using var scene = await PresenceScene.SetAsync(kind, ("WakeWithin", "00:00:00.200"));
        var carol = await scene.Ground.RegisterAsync("carol");
        await carol.JoinAsync(scene.Room);
        var since = await BeginAsync(scene.Bob);
        var poll = PresenceScene.WatchAsync(scene.Bob, since, 30_000);
        await scene.Ground.Live.WaitForPollsAsync(scene.Bob);

        await PresenceScene.SetAsync(scene.Alice, "online");
        scene.Time.Advance(TimeSpan.FromMilliseconds(100));
        await PresenceScene.SetAsync(carol, "online");
        Assert.False(poll.IsCompleted);
        Assert.NotNull(PresenceScene.Of(await PresenceScene.WatchAsync(scene.Bob, since), scene.Alice));
        scene.Time.Advance(TimeSpan.FromMilliseconds(100));

        var sync = await poll;
        Assert.NotNull(PresenceScene.Of(sync, scene.Alice));
        Assert.NotNull(PresenceScene.Of(sync, carol));
    }

    [Theory]
    [AllDatabases]
    public async Task Polling_WritesNothingWhileNothingVisibleChanges(DatabaseKind kind)
    {
        await using var scene = await PresenceScene.SetAsync(kind);
        var since = (string)(await scene.Alice.SyncAsync())["next_batch"]!;
        for (var i = 0; i < 20; i++)
        {
            scene.Time.Advance(TimeSpan.FromSeconds(5));
            since = (string)(await scene.Alice.SyncAsync(since))["next_batch"]!;
        }

        var commits = scene.Commits.Count;

        for (var i = 0; i < 20; i++)
        {
            var sync = await scene.Alice.SyncAsync(since);
            Assert.Equal(since, (string)sync["next_batch"]!);
            scene.Time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(commits, scene.Commits.Count);
    }

    private static async Task<string> BeginAsync(MatrixClient client) =>
        (string)(await PresenceScene.WatchAsync(client))["next_batch"]!;
}
