using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Sync;

namespace Matrix.Realtime.Tests.Presence;

/// <summary>Restarts, and what operators decide. PRS-14, PRS-15, PRS-29.</summary>
public sealed class PresenceOptionTests
{
    [Theory]
    [AllDatabases]
    public async Task Restart_OfTheServer_ClientsBackInTimeAreNotSeenToFlicker(DatabaseKind kind)
    {
        await using var scene = await PresenceScene.SetAsync(kind);
        await scene.Alice.SyncAsync();
        var since = (string)(await PresenceScene.WatchAsync(scene.Bob))["next_batch"]!;

        await scene.RestartAsync();
        scene.Time.Advance(TimeSpan.FromSeconds(20));
        await scene.Alice.SyncAsync();
        scene.Time.Advance(TimeSpan.FromSeconds(20));

        Assert.Null((await PresenceScene.WatchAsync(scene.Bob, since))["presence"]);
        Assert.Equal("online", (string?)(await PresenceScene.GetAsync(scene.Bob, scene.Alice))["presence"]);
        Assert.NotNull(PresenceScene.Of(await PresenceScene.WatchAsync(scene.Bob), scene.Alice));
    }

    [Theory]
    [AllDatabases]
    public async Task Restart_OfTheServer_NobodyWhoStaysAwayIsLeftOnline(DatabaseKind kind)
    {
        await using var scene = await PresenceScene.SetAsync(kind);
        await scene.Alice.SyncAsync();
        var since = (string)(await PresenceScene.WatchAsync(scene.Bob))["next_batch"]!;

        await scene.RestartAsync();
        scene.Time.Advance(TimeSpan.FromSeconds(30));

        var (content, _) = await PresenceScene.ExpectAsync(scene.Bob, since, scene.Alice);
        Assert.Equal("offline", (string?)content["presence"]);
    }

    [Theory]
    [AllDatabases]
    public async Task Token_FromBeforeARestart_TellsWhatChanged_AndOnlyThat(DatabaseKind kind)
    {
        await using var scene = await PresenceScene.SetAsync(kind);
        var carol = await scene.Ground.RegisterAsync("carol");
        await carol.JoinAsync(scene.Room);
        await PresenceScene.SetAsync(carol, "unavailable");
        var since = (string)(await PresenceScene.WatchAsync(scene.Bob))["next_batch"]!;
        await PresenceScene.SetAsync(scene.Alice, "online");

        await scene.RestartAsync();

        var sync = await PresenceScene.WatchAsync(scene.Bob, since);
        Assert.Equal("online", (string?)PresenceScene.Of(sync, scene.Alice)!["presence"]);
        Assert.Null(PresenceScene.Of(sync, carol));
    }

    [Theory]
    [AllDatabases]
    public async Task Disabled_IsTakenForOffline_AndToldNobody(DatabaseKind kind)
    {
        await using var scene = await PresenceScene.SetAsync(kind, ("Enabled", "false"));
        await PresenceScene.SetAsync(scene.Alice, "online", "here");

        Assert.Equal(
            """{"presence":"offline"}""", (await PresenceScene.GetAsync(scene.Bob, scene.Alice)).ToJsonString());
        var sync = await scene.Bob.SyncAsync();
        Assert.Null(sync["presence"]);
        await scene.Alice.SyncAsync();
        Assert.Null((await scene.Bob.SyncAsync((string)sync["next_batch"]!))["presence"]);
        var versions = await scene.Alice.GetAsync("/_matrix/client/versions").ExpectAsync();
        Assert.False((bool)versions["unstable_features"]!["org.matrix.msc3026.busy_presence"]!);
    }

    [Theory]
    [AllDatabases]
    public async Task Disabled_Later_LeavesNobodyOnline(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        string aliceToken, bobToken, since;
        await using (var before = await RealtimeApplication.StartAsync(database, new RealtimeApplicationOptions
        {
            Settings = new Dictionary<string, string?> { ["Matrix:Presence:Enabled"] = "true" },
        }))
        {
            var (first, second) = (await before.RegisterAsync("alice"), await before.RegisterAsync("bob"));
            await SyncGround.CreateSharedRoomAsync(first, second);
            await first.SyncAsync();
            since = (string)(await second.SyncAsync())["next_batch"]!;
            (aliceToken, bobToken) = (first.AccessToken, second.AccessToken);
        }

        await using var after = await RealtimeApplication.StartAsync(database, new RealtimeApplicationOptions
        {
            Settings = new Dictionary<string, string?> { ["Matrix:Presence:Enabled"] = "false" },
        });
        var bob = after.WithToken(bobToken);

        var sync = await bob.SyncAsync(since);

        Assert.All(
            sync["presence"]!["events"]!.AsArray(), found => Assert.Equal("offline", (string?)found!["content"]!["presence"]));
        Assert.Equal(2, sync["presence"]!["events"]!.AsArray().Count);
        Assert.Null((await bob.SyncAsync((string)sync["next_batch"]!))["presence"]);
        Assert.Null((await after.WithToken(aliceToken).SyncAsync())["presence"]);
    }

    [Theory]
    [AllDatabases]
    public async Task LastActive_SwitchedOff_IsNotTold(DatabaseKind kind)
    {
        await using var scene = await PresenceScene.SetAsync(kind, ("ShareLastActive", "false"));
        await scene.Alice.SyncAsync();

        var content = PresenceScene.Of(await PresenceScene.WatchAsync(scene.Bob), scene.Alice)!;

        Assert.Equal("""{"presence":"online"}""", content.ToJsonString());
        var commits = scene.Commits.Count;
        scene.Time.Advance(TimeSpan.FromSeconds(25));
        await scene.Alice.TypeAsync(scene.Room);
        await scene.Alice.TypeAsync(scene.Room, typing: false);
        Assert.Equal(commits + 2, scene.Commits.Count);
    }

    [Theory]
    [AllDatabases]
    public async Task LargeRooms_DoNotMakePresenceSeen(DatabaseKind kind)
    {
        await using var scene = await PresenceScene.SetAsync(kind, ("MaxRoomMembers", "2"));
        var carol = await scene.Ground.RegisterAsync("carol");
        await carol.JoinAsync(scene.Room);
        var small = await SyncGround.CreateSharedRoomAsync(scene.Alice, scene.Bob);
        var (bobSince, carolSince) = (await BeginAsync(scene.Bob), await BeginAsync(carol));

        await PresenceScene.SetAsync(scene.Alice, "online");

        Assert.NotNull(PresenceScene.Of(await PresenceScene.WatchAsync(scene.Bob, bobSince), scene.Alice));
        Assert.Null((await PresenceScene.WatchAsync(carol, carolSince))["presence"]);
        Assert.Null((await PresenceScene.WatchAsync(carol))["presence"]);
        Assert.NotEmpty(small);
    }

    [Theory]
    [AllDatabases]
    public async Task ExcludedRooms_DoNotMakePresenceSeen(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var before = await RealtimeApplication.StartAsync(database);
        var (first, second) = (await before.RegisterAsync("alice"), await before.RegisterAsync("bob"));
        var room = await SyncGround.CreateSharedRoomAsync(first, second);
        await using var after = await before.RestartAsync(new RealtimeApplicationOptions
        {
            Settings = new Dictionary<string, string?>
            {
                ["Matrix:Presence:Enabled"] = "true",
                ["Matrix:Presence:ExcludedRooms:0"] = room,
            },
        });
        var (alice, bob) = (after.Continue(first), after.Continue(second));
        var since = await BeginAsync(bob);

        await PresenceScene.SetAsync(alice, "online");

        Assert.Null((await PresenceScene.WatchAsync(bob, since))["presence"]);
        await SyncGround.CreateSharedRoomAsync(alice, bob);
        Assert.NotNull(PresenceScene.Of(await PresenceScene.WatchAsync(bob, since), alice));
    }

    private static async Task<string> BeginAsync(MatrixClient client) =>
        (string)(await PresenceScene.WatchAsync(client))["next_batch"]!;
}
