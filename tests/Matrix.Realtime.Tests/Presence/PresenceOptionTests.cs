using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Sync;
using Matrix.Realtime.Tests.Typing;
using static Matrix.Realtime.Tests.Presence.PresenceCircle;

namespace Matrix.Realtime.Tests.Presence;

/// <summary>What operators decide. PRS-29.</summary>
public sealed class PresenceOptionTests
{
    [Theory]
    [AllDatabases]
    public async Task SwitchedOff_AcceptsAndTellsNothing(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind, With(("Enabled", "false")));
        var since = await CatchUpAsync(circle.Bob);

        await SetAsync(circle.Alice, "online", "Ignored");
        var poll = await circle.OpenPollAsync(circle.Alice);

        Assert.Equal("""{"presence":"offline"}""", (await ReadAsync(circle.Bob, circle.Alice)).ToJsonString());
        Assert.Null((await SyncAsync(circle.Bob, since))["presence"]);
        Assert.Null((await SyncAsync(circle.Bob))["presence"]);
        var versions = await circle.Alice.GetAsync("/_matrix/client/versions").ExpectAsync();
        Assert.False((bool)versions["unstable_features"]!["org.matrix.msc3026.busy_presence"]!);
        await circle.HangUpAsync(poll, circle.Alice);
    }

    // What was known before is told to be over, once, and is not there when presence is switched on again.
    [Theory]
    [AllDatabases]
    public async Task SwitchedOffAndOnAgain_LeavesNoStaleState(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var before = await RealtimeApplication.StartAsync(database, With());
        var (alice, bob) = (await before.RegisterAsync("alice"), await before.RegisterAsync("bob"));
        await SyncGround.CreateSharedRoomAsync(alice, bob);
        await SetAsync(alice, "online", "Yesterday");
        var since = await CatchUpAsync(bob);

        await using var off = await before.RestartAsync(With(("Enabled", "false")));
        (alice, bob) = (off.Continue(alice), off.Continue(bob));
        var told = await SyncAsync(bob, since);
        Assert.Equal("offline", (string?)Find(told, alice)!["presence"]);
        Assert.Null((await SyncAsync(bob, told.NextBatch()))["presence"]);
        Assert.Equal("offline", (string?)(await ReadAsync(bob, alice))["presence"]);

        await using var after = await off.RestartAsync(With());
        (alice, bob) = (after.Continue(alice), after.Continue(bob));
        Assert.Equal("offline", (string?)(await ReadAsync(bob, alice))["presence"]);
        Assert.Null(Find(await SyncAsync(bob), alice));
    }

    [Theory]
    [AllDatabases]
    public async Task ShareLastActive_SwitchedOff_IsNeitherToldNorWritten(DatabaseKind kind)
    {
        var commits = new CommitCounter();
        await using var circle = await GatherAsync(
            kind, With(("ShareLastActive", "false"), ("ActiveFor", "00:00:20")) with { Services = commits.Install });
        await circle.OpenPollAsync(circle.Alice);

        Assert.Equal(
            """{"presence":"online"}""", Find(await SyncAsync(circle.Bob), circle.Alice)!.ToJsonString());
        var before = commits.Count;
        circle.Time.Advance(TimeSpan.FromSeconds(25));
        await circle.Alice.TypeAsync(circle.Room);
        await circle.Alice.TypeAsync(circle.Room, typing: false);
        Assert.Equal(before + 2, commits.Count);
    }

    // PRS-14: nobody sees them cease to be active, so nothing says after a restart when they did.
    [Theory]
    [AllDatabases]
    public async Task ShareLastActive_SwitchedOff_MakesNobodyIdleByARestart(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind, With(("ShareLastActive", "false")));
        var poll = await circle.OpenPollAsync(circle.Alice);
        await circle.WaitForAsync(circle.Alice, "online");
        circle.Time.Advance(TimeSpan.FromMinutes(4));
        await circle.Alice.TypeAsync(circle.Room);
        await poll.HangUpAsync();
        var since = await CatchUpAsync(circle.Bob);

        await circle.RestartAsync();
        var second = await circle.OpenPollAsync(circle.Alice);
        circle.Time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal("online", (string?)(await ReadAsync(circle.Bob, circle.Alice))["presence"]);
        Assert.Null(Find(await SyncAsync(circle.Bob, since), circle.Alice));
        await circle.HangUpAsync(second, circle.Alice);
    }

    [Theory]
    [AllDatabases]
    public async Task LargeRooms_DoNotMakePresenceSeen(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind, With(("MaxRoomMembers", "2")));
        var carol = await circle.Server.RegisterAsync("carol");
        await carol.JoinAsync(circle.Room);
        await SyncGround.CreateSharedRoomAsync(circle.Alice, circle.Bob);
        var (ofBob, ofCarol) = (await CatchUpAsync(circle.Bob), await CatchUpAsync(carol));

        await SetAsync(circle.Alice, "online");

        Assert.NotNull(Find(await SyncAsync(circle.Bob, ofBob), circle.Alice));
        Assert.Null((await SyncAsync(carol, ofCarol))["presence"]);
        Assert.Null((await SyncAsync(carol))["presence"]);
    }

    [Theory]
    [AllDatabases]
    public async Task ExcludedRooms_DoNotMakePresenceSeen(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var before = await RealtimeApplication.StartAsync(database);
        var (alice, bob) = (await before.RegisterAsync("alice"), await before.RegisterAsync("bob"));
        var room = await SyncGround.CreateSharedRoomAsync(alice, bob);
        await using var after = await before.RestartAsync(With(("ExcludedRooms:0", room)));
        (alice, bob) = (after.Continue(alice), after.Continue(bob));
        var since = await CatchUpAsync(bob);

        await SetAsync(alice, "online");

        Assert.Null((await SyncAsync(bob, since))["presence"]);
        await SyncGround.CreateSharedRoomAsync(alice, bob);
        Assert.NotNull(Find(await SyncAsync(bob, since), alice));
    }

    private static RealtimeApplicationOptions With(params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>(On);
        foreach (var (name, value) in settings)
        {
            all[$"Matrix:Presence:{name}"] = value;
        }

        return new RealtimeApplicationOptions { Settings = all };
    }
}
