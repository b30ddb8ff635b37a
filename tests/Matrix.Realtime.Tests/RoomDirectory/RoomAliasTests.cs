using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Rooms;

namespace Matrix.Realtime.Tests.RoomDirectory;

/// <summary>Who gives rooms aliases, who takes them back, and what they are good for.</summary>
public sealed class RoomAliasTests
{
    [Theory]
    [AllDatabases]
    public async Task Alias_OfMember_IsFoundByAnybodyAlsoAfterRestart(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var before = await RealtimeApplication.StartAsync(database);
        var alice = await before.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        await before.Anonymous.FindAliasAsync("#tea:localhost")
            .ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");

        Assert.Equal("{}", (await alice.AddAliasAsync("#tea:localhost", room).ExpectAsync()).ToJsonString());
        await alice.AddAliasAsync("#brühe/:localhost", room).ExpectAsync();

        await using var app = await before.RestartAsync();
        foreach (var alias in new[] { "#tea:localhost", "#brühe/:localhost" })
        {
            var found = await app.Anonymous.FindAliasAsync(alias).ExpectAsync();
            Assert.Equal(room, (string?)found["room_id"]);
            Assert.Equal(["localhost"], DirectoryRequests.Texts(found["servers"]));
        }

        await app.Continue(alice).AddAliasAsync("#tea:localhost", room)
            .ExpectErrorAsync(HttpStatusCode.Conflict, "M_UNKNOWN");
        await app.Anonymous.FindAliasAsync("#tea:elsewhere").ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
        await app.Anonymous.FindAliasAsync("tea").ExpectInvalidParamAsync();
    }

    [Theory]
    [AllDatabases]
    public async Task PutAlias_ThatMayNotBe_IsRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var room = await alice.CreateRoomAsync();

        foreach (var alias in new[]
        {
            "tea:localhost", "#tea", "#:localhost", "#tea:", "#tea:elsewhere", "#a cup:localhost", "#a\tcup:localhost",
            $"#{new string('x', 255)}:localhost",
        })
        {
            await alice.AddAliasAsync(alias, room).ExpectInvalidParamAsync();
        }

        await alice.PutAsync("directory/room/%23tea:localhost", new JsonObject())
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");
        await alice.AddAliasAsync("#tea:localhost", "!unknown").ExpectForbiddenAsync();
        await bob.AddAliasAsync("#tea:localhost", room).ExpectForbiddenAsync();
        await app.Anonymous.AddAliasAsync("#tea:localhost", room)
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_MISSING_TOKEN");
        Assert.Empty(await alice.AliasesAsync(room));

        await bob.JoinAsync(room);
        await bob.AddAliasAsync("#tea:localhost", room).ExpectAsync();
    }

    [Theory]
    [AllDatabases]
    public async Task PutAlias_ByManyAtOnce_IsGivenToOne(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var rooms = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            rooms.Add(await alice.CreateRoomAsync());
        }

        var added = rooms.Select(room => alice.AddAliasAsync("#tea:localhost", room));
        var created = rooms.Select(_ => alice.PostAsync("createRoom", new JsonObject { ["room_alias_name"] = "tea" }));
        var answers = await Task.WhenAll(added.Concat(created));

        var winner = Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(answers, answer => Assert.True(
            answer == winner || answer.Status is HttpStatusCode.Conflict or HttpStatusCode.BadRequest, answer.Text));
        var room = (string)(await app.Anonymous.FindAliasAsync("#tea:localhost").ExpectAsync())["room_id"]!;
        Assert.Equal(["#tea:localhost"], await alice.AliasesAsync(room));
    }

    [Theory]
    [AllDatabases]
    public async Task DeleteAlias_ByCreatorOrPower_IsDone(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(
            database, new() { Settings = new Dictionary<string, string?> { ["Matrix:Admins:0"] = "@root:localhost" } });
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var carol = await app.RegisterAsync("carol");
        var root = await app.RegisterAsync("root");
        var room = await alice.CreateRoomAsync();
        await bob.JoinAsync(room);
        await carol.JoinAsync(room);
        foreach (var alias in new[] { "#a:localhost", "#b:localhost", "#c:localhost" })
        {
            await bob.AddAliasAsync(alias, room).ExpectAsync();
        }

        await alice.DeleteAliasAsync("#none:localhost").ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
        await carol.DeleteAliasAsync("#a:localhost").ExpectForbiddenAsync();
        await bob.DeleteAliasAsync("#a:localhost").ExpectAsync();
        await alice.DeleteAliasAsync("#b:localhost").ExpectAsync();
        await root.DeleteAliasAsync("#c:localhost").ExpectAsync();

        Assert.Empty(await bob.AliasesAsync(room));
        await bob.DeleteAliasAsync("#a:localhost").ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
        await app.Anonymous.FindAliasAsync("#b:localhost").ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
        await carol.AddAliasAsync("#a:localhost", room).ExpectAsync();
        await bob.DeleteAliasAsync("#a:localhost").ExpectForbiddenAsync();
    }

    [Theory]
    [AllDatabases]
    public async Task GetAliases_OfRoom_IsForMembersUnlessWorldReadable(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var room = await alice.CreateRoomAsync();
        await alice.AddAliasAsync("#b:localhost", room).ExpectAsync();
        await alice.AddAliasAsync("#a:localhost", room).ExpectAsync();

        await bob.GetInRoomAsync(room, "aliases").ExpectForbiddenAsync();
        await bob.GetInRoomAsync("!unknown", "aliases").ExpectForbiddenAsync();
        await bob.JoinAsync(room);
        Assert.Equal(["#a:localhost", "#b:localhost"], await bob.AliasesAsync(room));
        await bob.LeaveAsync(room);
        await bob.GetInRoomAsync(room, "aliases").ExpectForbiddenAsync();
        await alice.SetVisibilityAsync(room, "world_readable").ExpectAsync();
        Assert.Equal(["#a:localhost", "#b:localhost"], await bob.AliasesAsync(room));
    }

    [Theory]
    [AllDatabases]
    public async Task JoinOrKnock_ByAlias_EntersTheRoomThatItNames(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var open = await alice.CreateRoomAsync(new() { ["preset"] = "public_chat", ["room_alias_name"] = "open" });
        var asked = await alice.CreateRoomAsync(new() { ["room_alias_name"] = "asked" });
        await alice.SetStateAsync(asked, "m.room.join_rules", new() { ["join_rule"] = "knock" });

        Assert.Equal(open, (string?)(await bob.PostAsync("join/%23open:localhost").ExpectAsync())["room_id"]);
        Assert.Equal(asked, (string?)(await bob.PostAsync("knock/%23asked:localhost").ExpectAsync())["room_id"]);

        Assert.Equal("join", (string?)(await alice.StateAsync(open, "m.room.member", bob.UserId))["membership"]);
        Assert.Equal("knock", (string?)(await alice.StateAsync(asked, "m.room.member", bob.UserId))["membership"]);
        await bob.PostAsync("join/%23none:localhost").ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
        await bob.PostAsync("knock/%23none:localhost").ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
        await bob.PostAsync("join/%23none").ExpectInvalidParamAsync();
    }

    [Theory]
    [AllDatabases]
    public async Task CreateRoom_WithAliasName_NamesTheRoomFromTheStart(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");

        var room = await alice.CreateRoomAsync(new() { ["room_alias_name"] = "tea" });

        Assert.Equal(room, (string?)(await alice.FindAliasAsync("#tea:localhost").ExpectAsync())["room_id"]);
        Assert.Equal("#tea:localhost", (string?)(await alice.StateAsync(room, "m.room.canonical_alias"))["alias"]);
        Assert.Equal(
            ["m.room.create", "m.room.member", "m.room.power_levels", "m.room.canonical_alias", "m.room.join_rules"],
            (await alice.HistoryAsync(room)).Take(5).Select(roomEvent => (string?)roomEvent["type"]));

        await alice.PostAsync("createRoom", new JsonObject { ["room_alias_name"] = "tea" })
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_ROOM_IN_USE");
        foreach (var name in new[] { "", "a:b", "a b", new string('x', 250) })
        {
            await alice.PostAsync("createRoom", new JsonObject { ["room_alias_name"] = name })
                .ExpectInvalidParamAsync();
        }

        var joined = await alice.GetAsync("joined_rooms").ExpectAsync();
        Assert.Equal([room], DirectoryRequests.Texts(joined["joined_rooms"]));
    }

    [Theory]
    [AllDatabases]
    public async Task CreateRoom_RefusedForOtherReasons_LeavesTheAliasFree(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");

        await alice.PostAsync("createRoom", new JsonObject
        {
            ["room_version"] = "11",
            ["room_alias_name"] = "tea",
            ["power_level_content_override"] = new JsonObject { ["users"] = new JsonObject { [alice.UserId] = 10 } },
        }).ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_ROOM_STATE");

        await alice.FindAliasAsync("#tea:localhost").ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
        await alice.CreateRoomAsync(new() { ["room_alias_name"] = "tea" });
    }
}
