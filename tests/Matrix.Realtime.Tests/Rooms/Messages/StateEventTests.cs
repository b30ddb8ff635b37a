using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Rooms.Messages;

/// <summary>Setting and getting state; GEN-14.</summary>
public sealed class StateEventTests
{
    [Theory]
    [AllDatabases]
    public async Task State_UnderAnyKey_IsReadBack(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database, new() { Listens = true });
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        string[] keys = ["", "plain", "a/b", "/", "a%2Fb", "%", "ключ 🗝", "_@alice:localhost", new('k', 255)];

        foreach (var key in keys)
        {
            var eventId = await alice.SetStateAsync(room, "com.example/type", new JsonObject { ["key"] = key }, key);
            Assert.Equal(key, (string?)(await alice.StateAsync(room, "com.example/type", key))["key"]);
            var whole = await alice.GetInRoomAsync(
                room, $"state/com.example%2Ftype/{MatrixClient.Escape(key)}?format=event").ExpectAsync();
            Assert.Equal(eventId, (string?)whole["event_id"]);
            Assert.Equal(key, (string?)whole["state_key"]);
            Assert.Equal(room, (string?)whole["room_id"]);
        }

        var first = await alice.PutInRoomAsync(room, "state/com.example", new() { ["n"] = 1 }).ExpectAsync();
        var second = await alice.PutInRoomAsync(room, "state/com.example/", new() { ["n"] = 1 }).ExpectAsync();
        Assert.Equal((string?)first["event_id"], (string?)second["event_id"]);
        Assert.Equal(1, (int)(await alice.GetInRoomAsync(room, "state/com.example").ExpectAsync())["n"]!);
        await alice.GetInRoomAsync(room, "state/com.example/absent")
            .ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
    }

    [Theory]
    [AllDatabases]
    public async Task State_SetToWhatItIs_ChangesNothing(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var room = await alice.CreateRoomAsync(Everybody());
        await bob.JoinAsync(room);

        var first = await alice.SetStateAsync(room, "com.example", new JsonObject { ["a"] = 1, ["b"] = "x" });
        var same = await alice.SetStateAsync(room, "com.example", new JsonObject { ["b"] = "x", ["a"] = 1 });
        var other = await bob.SetStateAsync(room, "com.example", new JsonObject { ["a"] = 1, ["b"] = "x" });
        var changed = await alice.SetStateAsync(room, "com.example", new JsonObject { ["a"] = 2, ["b"] = "x" });

        Assert.Equal(first, same);
        Assert.Equal(3, new HashSet<string> { first, other, changed }.Count);
    }

    [Theory]
    [AllDatabases]
    public async Task State_OfPowerLevels_IsCheckedForShapeAndPermission(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        foreach (var version in new[] { "10", "12" })
        {
            var room = await alice.CreateRoomAsync(new() { ["preset"] = "public_chat", ["room_version"] = version });
            await bob.JoinAsync(room);
            string[] malformed =
            [
                """{"ban":"50"}""", """{"users":{"bob":1}}""", """{"events":[]}""", """{"notifications":{"room":"x"}}""",
                """{"users_default":null}""", """{"ban":1.5}""", """{"ban":9007199254740992}""",
            ];
            foreach (var content in malformed)
            {
                var path = $"rooms/{MatrixClient.Escape(room)}/state/m.room.power_levels";
                await alice.SendAsync(HttpMethod.Put, path, MatrixClient.JsonContent(content))
                    .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");
            }

            var levels = await alice.StateAsync(room, "m.room.power_levels");
            levels["users"]!["@bob:localhost"] = 50;
            await alice.SetStateAsync(room, "m.room.power_levels", levels.DeepClone().AsObject());
            levels["users"]!["@bob:localhost"] = 100;
            await bob.PutInRoomAsync(room, "state/m.room.power_levels", levels)
                .ExpectForbiddenAsync();
            await bob.SetStateAsync(room, "m.room.name", new JsonObject { ["name"] = "By Bob" });
            await bob.PutInRoomAsync(room, "state/m.room.encryption", new() { ["algorithm"] = "m.megolm.v1.aes-sha2" })
                .ExpectForbiddenAsync();
            await bob.PutInRoomAsync(room, "state/com.example/@alice:localhost")
                .ExpectForbiddenAsync();
            await alice.PutInRoomAsync(room, "state/m.room.create", new() { ["room_version"] = version, ["x"] = 1 })
                .ExpectForbiddenAsync();
        }
    }

    [Theory]
    [AllDatabases]
    public async Task State_OfMembers_MovesThemByTheSameRules(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var room = await alice.CreateRoomAsync(new JsonObject { ["preset"] = "private_chat" });

        await MoveAsync(bob, "join", HttpStatusCode.Forbidden);
        await MoveAsync(alice, "invite", HttpStatusCode.OK);
        await MoveAsync(bob, "join", HttpStatusCode.OK);
        Assert.Equal(room, (string?)(await bob.GetAsync("joined_rooms").ExpectAsync())["joined_rooms"]!.AsArray().Single());
        await MoveAsync(alice, "invite", HttpStatusCode.Forbidden);
        await MoveAsync(alice, "join", HttpStatusCode.Forbidden);
        await MoveAsync(alice, "leave", HttpStatusCode.OK);
        await MoveAsync(alice, "ban", HttpStatusCode.OK);
        await MoveAsync(bob, "leave", HttpStatusCode.Forbidden);
        await MoveAsync(alice, "leave", HttpStatusCode.OK);
        await MoveAsync(alice, "invite", HttpStatusCode.OK);
        await MoveAsync(bob, "leave", HttpStatusCode.OK);
        await MoveAsync(alice, "nonsense", HttpStatusCode.Forbidden);

        foreach (var target in new[] { "@bob:elsewhere", "bob" })
        {
            await alice.PutInRoomAsync(room, $"state/m.room.member/{target}", new() { ["membership"] = "invite" })
                .ExpectForbiddenAsync();
        }

        async Task MoveAsync(MatrixClient user, string membership, HttpStatusCode status) =>
            (await user.PutInRoomAsync(room, $"state/m.room.member/{bob.UserId}", new() { ["membership"] = membership }))
            .Expect(status);
    }

    private static JsonObject Everybody() => new()
    {
        ["preset"] = "public_chat",
        ["power_level_content_override"] = new JsonObject { ["state_default"] = 0 },
    };
}
