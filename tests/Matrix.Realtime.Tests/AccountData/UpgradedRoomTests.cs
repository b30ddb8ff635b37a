using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Rooms;
using Matrix.Realtime.Tests.Sync;

namespace Matrix.Realtime.Tests.AccountData;

/// <summary>ACD-20: what a user has said of a room holds for the one that replaces it.</summary>
public sealed class UpgradedRoomTests
{
    [Theory]
    [AllDatabases]
    public async Task Join_OfSuccessor_TakesTagsDirectAndRulesAlong(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var (alice, bob) = (await ground.RegisterAsync("alice"), await ground.RegisterAsync("bob"));
        var (old, other) = (await SyncGround.CreateSharedRoomAsync(alice, bob), await alice.CreateRoomAsync());
        await DescribeAsync(bob, alice, old, other);
        var successor = await ReplaceAsync(alice, old);
        await alice.SetStateAsync(old, "m.room.tombstone", new JsonObject { ["replacement_room"] = successor });
        var since = await bob.CatchUpAsync();

        await bob.JoinAsync(successor);

        var sync = await bob.PollAsync(since);
        Assert.Equal("""{"m.favourite":{"order":0.5}}""", await TagsAsync(bob, successor));
        Assert.Equal("m.favourite", sync.Joined(successor).AccountData("m.tag")!["tags"]!.AsObject().Single().Key);
        Assert.Equal([other, old, successor], Direct(sync.AccountData("m.direct")!, alice));
        var rules = sync.AccountData("m.push_rules")!["global"]!;
        Assert.Equal([old, successor], rules["room"]!.AsArray().Select(rule => (string)rule!["rule_id"]!));
        Assert.Contains(rules["override"]!.AsArray(), rule =>
            (string)rule!["rule_id"]! == successor && (string)rule["conditions"]![0]!["pattern"]! == successor);

        // What the user does there afterwards is not undone by a change of their profile.
        await bob.DeleteAsync(bob.TagPath(successor, "m.favourite")).ExpectAsync();
        await bob.PutAsync($"profile/{bob.UserId}/displayname", new JsonObject { ["displayname"] = "Bob" }).ExpectAsync();
        Assert.Equal("{}", await TagsAsync(bob, successor));
    }

    // The one who upgrades the room never leaves it: their data moves at once.
    [Theory]
    [AllDatabases("11")]
    [AllDatabases("12")]
    public async Task Upgrade_ByUser_TakesTheirTagsDirectAndRulesAlong(DatabaseKind kind, string version)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var (alice, bob) = (await ground.RegisterAsync("alice"), await ground.RegisterAsync("bob"));
        var (old, other) = (await SyncGround.CreateSharedRoomAsync(alice, bob), await alice.CreateRoomAsync());
        await DescribeAsync(alice, bob, old, other);
        await DescribeAsync(bob, alice, old, other);
        var since = await alice.CatchUpAsync();

        var successor = await alice.UpgradeAsync(old, version);

        var sync = await alice.PollAsync(since);
        Assert.Equal("m.favourite", sync.Joined(successor).AccountData("m.tag")!["tags"]!.AsObject().Single().Key);
        Assert.Equal([other, old, successor], Direct(sync.AccountData("m.direct")!, bob));
        var rules = sync.AccountData("m.push_rules")!["global"]!["room"]!.AsArray();
        Assert.Equal([old, successor], rules.Select(rule => (string)rule!["rule_id"]!));
        Assert.Equal("{}", await TagsAsync(bob, successor));
        await bob.JoinAsync(successor);
        Assert.Equal("""{"m.favourite":{"order":0.5}}""", await TagsAsync(bob, successor));
    }

    // Copying them would double the rules: 300 KB of at most 512.
    [Theory]
    [AllDatabases]
    public async Task Upgrade_WithoutSpaceForMoreRules_LeavesThemBehind(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var old = await alice.CreateRoomAsync();
        await alice.PutAsync($"pushrules/global/override/{old}", new JsonObject
        {
            ["actions"] = new JsonArray(),
            ["conditions"] = new JsonArray(new JsonObject
            {
                ["kind"] = "event_match",
                ["key"] = "room_id",
                ["pattern"] = new string('x', 300_000),
            }),
        }).ExpectAsync();

        var successor = await alice.UpgradeAsync(old, "12");

        await alice.SendAsync(successor, "hello");
        var rules = (await alice.GetAsync("pushrules/").ExpectAsync())["global"]!["override"]!.AsArray();
        Assert.DoesNotContain(rules, rule => (string)rule!["rule_id"]! == successor);
    }

    [Theory]
    [AllDatabases]
    public async Task Join_OfRoomThatOnlySaysItIsTheSuccessor_TakesNothing(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var (alice, bob) = (await ground.RegisterAsync("alice"), await ground.RegisterAsync("bob"));
        var old = await bob.CreateRoomAsync();
        await bob.PutAsync(bob.TagPath(old, "m.favourite"), new JsonObject()).ExpectAsync();

        var impostor = await ReplaceAsync(alice, old);
        await bob.JoinAsync(impostor);

        Assert.Equal("{}", await TagsAsync(bob, impostor));
    }

    private static async Task DescribeAsync(MatrixClient user, MatrixClient friend, string room, string other)
    {
        await user.PutAsync(user.TagPath(room, "m.favourite"), new JsonObject { ["order"] = 0.5 }).ExpectAsync();
        await user.SetAccountDataAsync("m.direct", new JsonObject
        {
            [friend.UserId] = new JsonArray(other, room),
            ["@carol:localhost"] = new JsonArray(other),
            ["@broken:localhost"] = "no list",
        });
        JsonObject mute = new() { ["actions"] = new JsonArray() };
        await user.PutAsync($"pushrules/global/room/{room}", mute).ExpectAsync();
        await user.PutAsync($"pushrules/global/override/{room}", new JsonObject
        {
            ["actions"] = new JsonArray(),
            ["conditions"] = new JsonArray(
                new JsonObject { ["kind"] = "event_match", ["key"] = "room_id", ["pattern"] = room }),
        }).ExpectAsync();
    }

    private static Task<string> ReplaceAsync(MatrixClient owner, string room) => owner.CreateRoomAsync(new JsonObject
    {
        ["preset"] = "public_chat",
        ["creation_content"] = new JsonObject { ["predecessor"] = new JsonObject { ["room_id"] = room } },
    });

    private static async Task<string> TagsAsync(MatrixClient user, string room) =>
        (await user.GetAsync(user.TagPath(room)).ExpectAsync())["tags"]!.ToJsonString();

    private static IEnumerable<string> Direct(JsonObject direct, MatrixClient friend) =>
        direct[friend.UserId]!.AsArray().Select(room => (string)room!);
}
