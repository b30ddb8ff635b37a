using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Rooms;

namespace Matrix.Realtime.Tests.RoomDirectory;

/// <summary>What the list of public rooms shows, and how it is paged and searched.</summary>
public sealed class PublicRoomsTests
{
    [Theory]
    [AllDatabases]
    public async Task PublicRooms_OfEveryKindOfState_ShowsWhatHoldsNow(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var before = await RealtimeApplication.StartAsync(database);
        var alice = await before.RegisterAsync("alice");
        var bob = await before.RegisterAsync("bob");
        var room = await alice.CreatePublishedRoomAsync("Tea", new()
        {
            ["room_alias_name"] = "tea",
            ["topic"] = "Leaves",
            ["creation_content"] = new JsonObject { ["type"] = "m.space" },
        });
        await alice.CreateRoomAsync();
        Assert.Equal("public", await before.Anonymous.VisibilityAsync(room));

        Assert.Equal(
            Shown($$"""
                {
                  "room_id": "{{room}}", "num_joined_members": 1, "world_readable": false, "guest_can_join": false,
                  "join_rule": "public", "canonical_alias": "#tea:localhost", "name": "Tea", "topic": "Leaves",
                  "room_type": "m.space"
                }
                """),
            await ShownAsync(before.Anonymous));

        await bob.JoinAsync(room);
        await alice.SetStateAsync(room, "m.room.avatar", new() { ["url"] = "mxc://localhost/cup" });
        await alice.SetStateAsync(room, "m.room.guest_access", new() { ["guest_access"] = "can_join" });
        await alice.SetStateAsync(room, "m.room.join_rules", new() { ["join_rule"] = "knock" });
        await alice.SetVisibilityAsync(room, "world_readable").ExpectAsync();
        var topic = await alice.SetStateAsync(room, "m.room.topic", new() { ["topic"] = "Rude" });
        await alice.PutInRoomAsync(room, $"redact/{MatrixClient.Escape(topic)}/r1").ExpectAsync();

        var expected = Shown($$"""
            {
              "room_id": "{{room}}", "num_joined_members": 2, "world_readable": true, "guest_can_join": true,
              "join_rule": "knock", "canonical_alias": "#tea:localhost", "name": "Tea",
              "avatar_url": "mxc://localhost/cup", "room_type": "m.space"
            }
            """);
        Assert.Equal(expected, await ShownAsync(before.Anonymous));
        await using var app = await before.RestartAsync();
        Assert.Equal(expected, await ShownAsync(app.Anonymous));
    }

    [Theory]
    [AllDatabases]
    public async Task PublicRooms_TopicWithContentBlock_ShowsItsPlainText(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreatePublishedRoomAsync("Tea");
        await SetAsync("""[{"mimetype":"text/html","body":"<b>b</b>"},{"body":"plain"}]""");
        Assert.Contains("\"topic\":\"plain\"", await ShownAsync(alice), StringComparison.Ordinal);

        await SetAsync("""[{"mimetype":"text/html","body":"<b>b</b>"}]""");
        Assert.DoesNotContain("topic", await ShownAsync(alice), StringComparison.Ordinal);

        Task SetAsync(string texts) => alice.SetStateAsync(room, "m.room.topic", new()
        {
            ["topic"] = "fallback",
            ["m.topic"] = new JsonObject { ["m.text"] = JsonNode.Parse(texts) },
        });
    }

    [Theory]
    [AllDatabases]
    public async Task PublicRooms_PageByPage_GoesFromLargeToSmallAndBack(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var carol = await app.RegisterAsync("carol");
        foreach (var (name, members) in new[] { ("one", 1), ("three", 3), ("two", 2) })
        {
            var room = await alice.CreatePublishedRoomAsync(name);
            foreach (var member in new[] { bob, carol }.Take(members - 1))
            {
                await member.JoinAsync(room);
            }
        }

        var first = await app.Anonymous.GetAsync("publicRooms?limit=2").ExpectAsync();
        Assert.Equal(["three", "two"], DirectoryRequests.Names(first));
        Assert.Equal(3, (int)first["total_room_count_estimate"]!);
        Assert.Null(first["prev_batch"]);

        var second = await PageAsync(first["next_batch"]);
        Assert.Equal(["one"], DirectoryRequests.Names(second));
        Assert.Null(second["next_batch"]);

        var back = await PageAsync(second["prev_batch"]);
        Assert.Equal(["three", "two"], DirectoryRequests.Names(back));
        Assert.Null(back["prev_batch"]);
        Assert.Equal(["one"], DirectoryRequests.Names(await PageAsync(back["next_batch"])));

        // What comes before the place of a token moves nothing behind it.
        await alice.CreatePublishedRoomAsync("another");
        var large = await alice.CreatePublishedRoomAsync("large");
        await bob.JoinAsync(large);
        await carol.JoinAsync(large);
        Assert.DoesNotContain("two", DirectoryRequests.Names(await PageAsync(first["next_batch"])));
        Assert.Equal(["another", "one"], DirectoryRequests.Names(await PageAsync(first["next_batch"])).Order());

        Task<JsonObject> PageAsync(JsonNode? since) =>
            alice.ListAsync(new() { ["limit"] = 2, ["since"] = (string?)since }).ExpectAsync();
    }

    [Theory]
    [AllDatabases]
    public async Task PublicRooms_Filtered_AreThoseThatMatch(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        await alice.CreatePublishedRoomAsync("Green tea");
        await alice.CreatePublishedRoomAsync("Water", new() { ["topic"] = "For TEA" });
        await alice.CreatePublishedRoomAsync("Pot", new() { ["room_alias_name"] = "teapot" });
        await alice.CreatePublishedRoomAsync("Coffee");
        await alice.CreatePublishedRoomAsync("Shelf", Typed("m.space"));
        await alice.CreatePublishedRoomAsync("Card tea", Typed("com.example.card"));

        Assert.Equal(["Card tea", "Green tea", "Pot", "Water"], await SearchAsync("Tea", null));
        Assert.Empty(await SearchAsync("100%", null));
        Assert.Equal(["Shelf"], await SearchAsync(null, ["m.space"]));
        Assert.Equal(["Coffee", "Green tea", "Pot", "Shelf", "Water"], await SearchAsync(null, [null, "m.space"]));
        Assert.Equal(["Card tea"], await SearchAsync("tea", ["com.example.card", "m.space"]));
        Assert.Empty(await SearchAsync(null, []));
        Assert.Equal(6, (await SearchAsync("", null)).Count);
        Assert.Empty(await alice.NamesAsync(new() { ["third_party_instance_id"] = "irc" }));
        Assert.Equal(6, (await alice.NamesAsync(new() { ["filter"] = null })).Count);

        async Task<List<string>> SearchAsync(string? term, JsonArray? types)
        {
            JsonObject filter = [];
            if (term is not null)
            {
                filter["generic_search_term"] = term;
            }

            if (types is not null)
            {
                filter["room_types"] = types;
            }

            return [.. (await alice.NamesAsync(new() { ["filter"] = filter })).Order(StringComparer.Ordinal)];
        }
    }

    [Theory]
    [AllDatabases]
    public async Task PublicRooms_BadRequests_AreRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");

        foreach (var query in new[] { "limit=-1", "limit=x", "since=x", "since=n1", "since=n1_room", "since=x1_!room" })
        {
            await alice.GetAsync($"publicRooms?{query}").ExpectInvalidParamAsync();
        }

        await alice.ListAsync(new() { ["filter"] = "tea" }).ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");
        await alice.GetAsync("publicRooms?server=elsewhere").ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
        await alice.GetAsync("publicRooms?server=localhost&limit=0").ExpectAsync();
        await app.Anonymous.ListAsync().ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_MISSING_TOKEN");
    }

    [Theory]
    [AllDatabases]
    public async Task PublicRooms_ForUsersOnly_NeedAToken(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database, new()
        {
            Settings = new Dictionary<string, string?> { ["Matrix:RoomDirectory:AllowAnonymous"] = "false" },
        });
        var alice = await app.RegisterAsync("alice");

        await app.Anonymous.GetAsync("publicRooms").ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_MISSING_TOKEN");
        await alice.GetAsync("publicRooms").ExpectAsync();
    }

    [Theory]
    [AllDatabases]
    public async Task Visibility_OfRoom_IsChangedByThoseWithPower(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var room = await alice.CreateRoomAsync(new() { ["preset"] = "public_chat", ["name"] = "Tea" });
        await bob.JoinAsync(room);
        Assert.Equal("private", await app.Anonymous.VisibilityAsync(room));

        await bob.SetListedAsync(room, "public").ExpectForbiddenAsync();
        await alice.SetListedAsync(room, "secret").ExpectInvalidParamAsync();
        await alice.SetListedAsync("!unknown", "public").ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
        await app.Anonymous.GetAsync(DirectoryRequests.ListPath("!unknown"))
            .ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
        await app.Anonymous.SetListedAsync(room, "public")
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_MISSING_TOKEN");

        await alice.PutAsync(DirectoryRequests.ListPath(room), new JsonObject()).ExpectAsync();
        Assert.Equal("public", await app.Anonymous.VisibilityAsync(room));
        Assert.Equal(["Tea"], await bob.NamesAsync());

        await alice.SetListedAsync(room, "private").ExpectAsync();
        await alice.SetListedAsync(room, "private").ExpectAsync();
        Assert.Equal("private", await app.Anonymous.VisibilityAsync(room));
        Assert.Empty(await bob.NamesAsync());
    }

    [Theory]
    [AllDatabases]
    public async Task PublicRooms_WithNobodyIn_AreLeftOut(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreatePublishedRoomAsync("Tea");

        await alice.LeaveAsync(room);
        Assert.Empty(await alice.NamesAsync());

        await alice.JoinAsync(room);
        Assert.Equal(["Tea"], await alice.NamesAsync());
    }

    private static JsonObject Typed(string type) => new() { ["creation_content"] = new JsonObject { ["type"] = type } };

    private static string Shown(string json) => JsonNode.Parse(json)!.ToJsonString();

    private static async Task<string> ShownAsync(MatrixClient client) => Assert.Single(
        (await client.GetAsync("publicRooms").ExpectAsync())["chunk"]!.AsArray())!.ToJsonString();
}
