using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Rooms.Creation;

/// <summary>What <c>createRoom</c> makes of a request; GEN-15, ACD-17.</summary>
public sealed class CreateRoomTests
{
    [Theory]
    [AllDatabases("10")]
    [AllDatabases("11")]
    [AllDatabases("12")]
    public async Task CreateRoom_WithEverything_SendsTheEventsInOrder(DatabaseKind kind, string version)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");

        var room = await alice.CreateRoomAsync(new JsonObject
        {
            ["room_version"] = version,
            ["preset"] = "private_chat",
            ["name"] = "Tea",
            ["topic"] = "Hats",
            ["is_direct"] = true,
            ["invite"] = new JsonArray(bob.UserId, bob.UserId, alice.UserId),
            ["creation_content"] = new JsonObject { ["type"] = "m.space", ["room_version"] = "1", ["creator"] = "x" },
            ["initial_state"] = new JsonArray(
                InitialState("m.room.history_visibility", new JsonObject { ["history_visibility"] = "joined" }),
                InitialState("com.example", new JsonObject { ["a"] = 1 }, "key/1")),
        });

        Assert.Equal(version != "12", room.EndsWith(":localhost", StringComparison.Ordinal));
        var history = await alice.HistoryAsync(room);
        Assert.Equal(
            [
                "m.room.create", "m.room.member", "m.room.power_levels", "m.room.join_rules", "m.room.guest_access",
                "m.room.history_visibility", "com.example", "m.room.name", "m.room.topic", "m.room.member",
            ],
            history.Select(roomEvent => (string?)roomEvent["type"]));
        var create = history[0]["content"]!;
        Assert.Equal(version, (string?)create["room_version"]);
        Assert.Equal("m.space", (string?)create["type"]);
        Assert.Equal(version == "10" ? alice.UserId : null, (string?)create["creator"]);
        Assert.All(history, roomEvent => Assert.Equal(room, (string?)roomEvent["room_id"]));
        Assert.All(history, roomEvent => Assert.Equal(alice.UserId, (string?)roomEvent["sender"]));
        Assert.Equal("""{"history_visibility":"joined"}""", history[5]["content"]!.ToJsonString());
        Assert.Equal("key/1", (string?)history[6]["state_key"]);
        Assert.Equal(bob.UserId, (string?)history[9]["state_key"]);
        Assert.True((bool)history[9]["content"]!["is_direct"]!);
        Assert.Equal("invite", (string?)history[9]["content"]!["membership"]);
        Assert.Null(history[1]["content"]!["is_direct"]);

        var users = history[2]["content"]!["users"]!.AsObject();
        Assert.Equal(version == "12" ? [] : [alice.UserId], users.Select(user => user.Key));
    }

    [Theory]
    [AllDatabases]
    public async Task CreateRoom_ByPreset_GetsItsRules(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        (JsonObject Request, string JoinRule, string GuestAccess)[] cases =
        [
            ([], "invite", "can_join"),
            (new() { ["visibility"] = "private" }, "invite", "can_join"),
            (new() { ["visibility"] = "public" }, "public", "forbidden"),
            (new() { ["visibility"] = "public", ["preset"] = "private_chat" }, "invite", "can_join"),
            (new() { ["preset"] = "trusted_private_chat" }, "invite", "can_join"),
            (new() { ["preset"] = "public_chat" }, "public", "forbidden"),
        ];

        foreach (var (request, joinRule, guestAccess) in cases)
        {
            var room = await alice.CreateRoomAsync(request);
            Assert.Equal(joinRule, (string?)(await alice.StateAsync(room, "m.room.join_rules"))["join_rule"]);
            Assert.Equal(guestAccess, (string?)(await alice.StateAsync(room, "m.room.guest_access"))["guest_access"]);
            var visibility = await alice.StateAsync(room, "m.room.history_visibility");
            Assert.Equal("shared", (string?)visibility["history_visibility"]);
            Assert.Equal("12", (string?)(await alice.StateAsync(room, "m.room.create"))["room_version"]);
        }

        (await alice.PostAsync("createRoom")).Expect(HttpStatusCode.OK);
    }

    [Theory]
    [AllDatabases]
    public async Task CreateRoom_TrustedPrivateChat_GivesInviteesThePowerOfTheCreator(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        foreach (var version in new[] { "10", "11", "12" })
        {
            var room = await alice.CreateRoomAsync(new JsonObject
            {
                ["room_version"] = version,
                ["preset"] = "trusted_private_chat",
                ["invite"] = new JsonArray(bob.UserId),
                ["creation_content"] = new JsonObject { ["additional_creators"] = new JsonArray("@carol:localhost") },
            });

            var users = (await alice.StateAsync(room, "m.room.power_levels"))["users"]!.AsObject();
            if (version == "12")
            {
                var creators = (await alice.StateAsync(room, "m.room.create"))["additional_creators"]!.AsArray();
                Assert.Equal(["@carol:localhost", bob.UserId], creators.Select(creator => (string?)creator));
                Assert.Empty(users);
            }
            else
            {
                Assert.Equal([alice.UserId, bob.UserId], users.Select(user => user.Key));
                Assert.Equal(100, (int)users[bob.UserId]!);
            }

            await bob.JoinAsync(room);
            await bob.SetStateAsync(room, "m.room.name", new JsonObject { ["name"] = "Ours" });
        }
    }

    [Theory]
    [AllDatabases]
    public async Task CreateRoom_WithPowerLevelOverride_ReplacesWholeProperties(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");

        var room = await alice.CreateRoomAsync(new JsonObject
        {
            ["power_level_content_override"] = new JsonObject
            {
                ["invite"] = 75,
                ["events"] = new JsonObject { ["m.room.name"] = 0 },
                ["users"] = new JsonObject { ["@bob:localhost"] = 40 },
                ["com.example"] = "kept",
            },
        });

        var levels = await alice.StateAsync(room, "m.room.power_levels");
        Assert.Equal(75, (int)levels["invite"]!);
        Assert.Equal(50, (int)levels["ban"]!);
        Assert.Equal("""{"@bob:localhost":40}""", levels["users"]!.ToJsonString());
        Assert.Equal(0, (int)levels["events"]!["m.room.name"]!);
        Assert.Null(levels["events"]!["m.room.power_levels"]);
        Assert.Equal("kept", (string?)levels["com.example"]);
    }

    [Theory]
    [AllDatabases]
    public async Task CreateRoom_WithRepeatedKeysInCreationContent_TakesTheLast(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");

        const string Request =
            """{"creation_content":{"type":"m.space","type":"com.example","room_version":"1","room_version":"2"}}""";
        var created = await alice.SendAsync(HttpMethod.Post, "createRoom", MatrixClient.JsonContent(Request)).ExpectAsync();

        var create = await alice.StateAsync((string)created["room_id"]!, "m.room.create");
        Assert.Equal("""{"room_version":"12","type":"com.example"}""", create.ToJsonString());
    }

    private static JsonObject InitialState(string type, JsonObject content, string? stateKey = null)
    {
        JsonObject state = new() { ["type"] = type, ["content"] = content };
        if (stateKey is not null)
        {
            state["state_key"] = stateKey;
        }

        return state;
    }
}
