using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Rooms;

namespace Matrix.Realtime.Tests.RoomDirectory;

/// <summary>What <c>m.room.canonical_alias</c> may say, and what becomes of it when an alias goes.</summary>
public sealed class CanonicalAliasTests
{
    private const string Path = "state/m.room.canonical_alias";

    [Theory]
    [AllDatabases]
    public async Task CanonicalAlias_ThatPointsElsewhere_IsRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync(new() { ["room_alias_name"] = "here" });
        await alice.CreateRoomAsync(new() { ["room_alias_name"] = "there" });

        foreach (var alias in new[] { "#there:localhost", "#nowhere:localhost", "#here:elsewhere" })
        {
            await alice.PutInRoomAsync(room, Path, new() { ["alias"] = alias })
                .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_ALIAS");
            await alice.PutInRoomAsync(room, Path, Content("#here:localhost", alias))
                .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_ALIAS");
        }

        await alice.PostAsync("createRoom", new JsonObject
        {
            ["initial_state"] = new JsonArray(new JsonObject
            {
                ["type"] = "m.room.canonical_alias",
                ["content"] = new JsonObject { ["alias"] = "#here:localhost" },
            }),
        }).ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_ALIAS");
        Assert.Equal("""{"alias":"#here:localhost"}""", await ContentAsync(alice, room));
    }

    [Theory]
    [AllDatabases("""{"alias":"here"}""")]
    [AllDatabases("""{"alias":"#here"}""")]
    [AllDatabases("""{"alias":5}""")]
    [AllDatabases("""{"alt_aliases":"#here:localhost"}""")]
    [AllDatabases("""{"alt_aliases":["here"]}""")]
    [AllDatabases("""{"alt_aliases":[5]}""")]
    public async Task CanonicalAlias_Malformed_IsRefused(DatabaseKind kind, string content)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync(new() { ["room_alias_name"] = "here" });

        await alice.PutInRoomAsync(room, Path, JsonNode.Parse(content)!.AsObject()).ExpectInvalidParamAsync();

        Assert.Equal("""{"alias":"#here:localhost"}""", await ContentAsync(alice, room));
    }

    [Theory]
    [AllDatabases]
    public async Task CanonicalAlias_OfTheRoom_IsTakenAndEmptiedAgain(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        await alice.AddAliasAsync("#a:localhost", room).ExpectAsync();
        await alice.AddAliasAsync("#b:localhost", room).ExpectAsync();

        await alice.PutInRoomAsync(room, Path, Content("#a:localhost", "#b:localhost")).ExpectAsync();
        await alice.PutInRoomAsync(room, Path, new() { ["alias"] = null }).ExpectAsync();
        await alice.PutInRoomAsync(room, Path, new() { ["alias"] = "" }).ExpectAsync();
        await alice.PutInRoomAsync(room, Path, []).ExpectAsync();

        Assert.Equal("{}", await ContentAsync(alice, room));
        Assert.Equal(["#a:localhost", "#b:localhost"], await alice.AliasesAsync(room));
    }

    [Theory]
    [AllDatabases]
    public async Task DeleteAlias_Canonical_IsTakenOutOfTheState(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        foreach (var alias in new[] { "#a:localhost", "#b:localhost", "#c:localhost" })
        {
            await alice.AddAliasAsync(alias, room).ExpectAsync();
        }

        var content = Content("#a:localhost", "#b:localhost", "#c:localhost");
        content["com.example"] = true;
        await alice.PutInRoomAsync(room, Path, content).ExpectAsync();

        await alice.DeleteAliasAsync("#b:localhost").ExpectAsync();
        Assert.Equal(
            """{"alias":"#a:localhost","alt_aliases":["#c:localhost"],"com.example":true}""",
            await ContentAsync(alice, room));
        await alice.DeleteAliasAsync("#a:localhost").ExpectAsync();
        Assert.Equal("""{"alt_aliases":["#c:localhost"],"com.example":true}""", await ContentAsync(alice, room));
    }

    [Theory]
    [AllDatabases]
    public async Task DeleteAlias_CanonicalWithoutPower_LeavesTheStateThatMayStillBeChanged(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var room = await alice.CreateRoomAsync();
        await bob.JoinAsync(room);
        await bob.AddAliasAsync("#old:localhost", room).ExpectAsync();
        await alice.AddAliasAsync("#new:localhost", room).ExpectAsync();
        await alice.PutInRoomAsync(room, Path, Content("#old:localhost")).ExpectAsync();

        await bob.DeleteAliasAsync("#old:localhost").ExpectAsync();

        Assert.Equal("#old:localhost", (string?)(await alice.StateAsync(room, "m.room.canonical_alias"))["alias"]);
        await alice.PutInRoomAsync(room, Path, Content("#old:localhost", "#new:localhost")).ExpectAsync();
        await alice.PutInRoomAsync(room, Path, Content("#new:localhost")).ExpectAsync();
        await alice.PutInRoomAsync(room, Path, Content("#old:localhost"))
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_ALIAS");
    }

    private static JsonObject Content(string alias, params string[] alternatives) => new()
    {
        ["alias"] = alias,
        ["alt_aliases"] = new JsonArray([.. alternatives.Select(alternative => JsonValue.Create(alternative))]),
    };

    private static async Task<string> ContentAsync(MatrixClient user, string room) =>
        (await user.StateAsync(room, "m.room.canonical_alias")).ToJsonString();
}
