using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using static Matrix.Realtime.Tests.Presence.PresenceCircle;

namespace Matrix.Realtime.Tests.Presence;

/// <summary>What operators switch off.</summary>
public sealed class PresenceSwitchTests
{
    // PRS-29
    [Theory]
    [AllDatabases]
    public async Task Presence_SwitchedOff_AcceptsAndTellsNothing(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind, With("Enabled", "false"));
        var since = await CatchUpAsync(circle.Bob);

        await SetAsync(circle.Alice, "online", "Ignored");
        var poll = await circle.OpenPollAsync(circle.Alice);

        Assert.True(JsonNode.DeepEquals(
            new JsonObject { ["presence"] = "offline" }, await ReadAsync(circle.Bob, circle.Alice)));
        Assert.Null((await SyncAsync(circle.Bob, since))["presence"]);
        Assert.Null((await SyncAsync(circle.Bob))["presence"]);
        await circle.HangUpAsync(poll, circle.Alice);
    }

    // PRS-29: what was known before is not told, nor still there when presence is switched on again.
    [Theory]
    [AllDatabases]
    public async Task Presence_SwitchedOffAndOnAgain_LeavesNoStaleState(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var before = await RealtimeApplication.StartAsync(database, With("Enabled", "true"));
        var alice = await before.RegisterAsync("alice");
        var bob = await before.RegisterAsync("bob");
        await bob.JoinAsync(await alice.CreateRoomAsync());
        await SetAsync(alice, "online", "Yesterday");

        await using var off = await before.RestartAsync(With("Enabled", "false"));
        Assert.Equal("offline", (string?)(await ReadAsync(off.Continue(bob), off.Continue(alice)))["presence"]);
        await using var after = await off.RestartAsync(With("Enabled", "true"));

        Assert.Equal("offline", (string?)(await ReadAsync(after.Continue(bob), after.Continue(alice)))["presence"]);
        Assert.Null(Find(await SyncAsync(after.Continue(bob)), after.Continue(alice)));
    }

    private static RealtimeApplicationOptions With(string name, string value) =>
        new() { Settings = new Dictionary<string, string?> { [$"Matrix:Presence:{name}"] = value } };
}
