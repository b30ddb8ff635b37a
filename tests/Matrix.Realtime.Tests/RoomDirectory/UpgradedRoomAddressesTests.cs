using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Rooms;

namespace Matrix.Realtime.Tests.RoomDirectory;

/// <summary>The successor of a room is found where the room was.</summary>
public sealed class UpgradedRoomAddressesTests
{
    [Theory]
    [AllDatabases("11")]
    [AllDatabases("12")]
    public async Task Upgrade_RoomWithAliases_MovesThemAll(DatabaseKind kind, string version)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var (alice, bob) = (await app.RegisterAsync("alice"), await app.RegisterAsync("bob"));
        var old = await alice.CreatePublishedRoomAsync("Tea", new() { ["room_alias_name"] = "tea" });
        var other = await alice.CreatePublishedRoomAsync("Cake", new() { ["room_alias_name"] = "cake" });
        await bob.JoinAsync(old);
        await bob.AddAliasAsync("#bobs:localhost", old).ExpectAsync();
        await alice.AddAliasAsync("#gone:localhost", old).ExpectAsync();
        await alice.SetStateAsync(old, "m.room.canonical_alias", new JsonObject
        {
            ["alias"] = "#tea:localhost",
            ["alt_aliases"] = new JsonArray("#bobs:localhost"),
        });

        var successor = await alice.UpgradeAsync(old, version);

        string[] expected = ["#bobs:localhost", "#gone:localhost", "#tea:localhost"];
        Assert.Equal(expected, await alice.AliasesAsync(successor));
        Assert.Empty(await alice.AliasesAsync(old));
        Assert.Equal(["#cake:localhost"], await alice.AliasesAsync(other));
        var found = await app.Anonymous.FindAliasAsync("#tea:localhost").ExpectAsync();
        Assert.Equal(successor, (string?)found["room_id"]);
        Assert.Equal(
            """{"alias":"#tea:localhost","alt_aliases":["#bobs:localhost"]}""",
            (await alice.StateAsync(successor, "m.room.canonical_alias")).ToJsonString());
        Assert.Equal("""{"alt_aliases":[]}""", (await alice.StateAsync(old, "m.room.canonical_alias")).ToJsonString());

        // Who made an alias may still delete it, and joining by it leads to the new room.
        await bob.DeleteAliasAsync("#bobs:localhost").ExpectAsync();
        var joined = await bob.PostAsync($"join/{MatrixClient.Escape("#tea:localhost")}").ExpectAsync();
        Assert.Equal(successor, (string?)joined["room_id"]);
    }

    [Theory]
    [AllDatabases]
    public async Task Upgrade_PublicRoom_IsListedInItsPlace(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var old = await alice.CreatePublishedRoomAsync("Tea", new() { ["room_alias_name"] = "tea" });
        var hidden = await alice.CreateRoomAsync();

        var successor = await alice.UpgradeAsync(old, "12");
        var hiddenSuccessor = await alice.UpgradeAsync(hidden, "12");

        Assert.Equal("public", await alice.VisibilityAsync(successor));
        foreach (var room in new[] { old, hidden, hiddenSuccessor })
        {
            Assert.Equal("private", await alice.VisibilityAsync(room));
        }

        var listed = Assert.Single((await alice.ListAsync().ExpectAsync())["chunk"]!.AsArray())!;
        Assert.Equal(
            (successor, "Tea", "#tea:localhost", 1),
            ((string?)listed["room_id"], (string?)listed["name"], (string?)listed["canonical_alias"],
                (int)listed["num_joined_members"]!));
    }

    [Theory]
    [AllDatabases]
    public async Task Upgrade_CanonicalAliasThatIsGone_IsNotTakenAlong(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var (alice, bob) = (await app.RegisterAsync("alice"), await app.RegisterAsync("bob"));
        var old = await alice.CreateRoomAsync(new() { ["preset"] = "public_chat", ["room_alias_name"] = "tea" });
        await bob.JoinAsync(old);
        await bob.AddAliasAsync("#bobs:localhost", old).ExpectAsync();
        await alice.SetStateAsync(old, "m.room.canonical_alias", new JsonObject
        {
            ["alias"] = "#bobs:localhost",
            ["alt_aliases"] = new JsonArray("#tea:localhost"),
        });
        await bob.DeleteAliasAsync("#bobs:localhost").ExpectAsync();
        Assert.Equal("#bobs:localhost", (string?)(await alice.StateAsync(old, "m.room.canonical_alias"))["alias"]);

        var successor = await alice.UpgradeAsync(old, "12");

        Assert.Equal(
            """{"alt_aliases":["#tea:localhost"]}""",
            (await alice.StateAsync(successor, "m.room.canonical_alias")).ToJsonString());
    }
}
