using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Rooms.Authorization;

/// <summary>The rules that a client of this server can run into, in each room version.</summary>
public sealed class AuthorizationOverHttpTests
{
    private const string Levels = """
        {"users":{"@bob:localhost":50},"invite":50,"kick":50,"ban":60,"state_default":50,"events":{"locked":51}}
        """;

    private static readonly (string User, string Path, string Body, bool IsAllowed)[] Attempts =
    [
        ("carol", "send/m.room.message/1", "{}", true),
        ("dave", "send/m.room.message/1", "{}", false),
        ("carol", "state/m.room.topic/", "{}", false),
        ("bob", "state/m.room.topic/", "{}", true),
        ("bob", "state/locked/", "{}", false),
        ("alice", "state/locked/", "{}", true),
        ("bob", "state/com.example/@bob:localhost", "{}", true),
        ("bob", "state/com.example/@carol:localhost", "{}", false),
        ("alice", "state/com.example/@carol:localhost", "{}", false),
        ("bob", "state/m.room.aliases/elsewhere", "{}", true),
        ("bob", "state/m.room.third_party_invite/token", "{}", true),
        ("carol", "state/m.room.third_party_invite/token", "{}", false),
        ("alice", "state/m.room.create/", "{}", false),
        ("alice", "send/m.room.create/1", "{}", false),
        ("alice", "send/m.room.member/1", """{"membership":"leave"}""", false),
        ("carol", "state/m.room.member/@carol:localhost", """{"membership":"vanish"}""", false),
        ("carol", "state/m.room.member/@carol:localhost", "{}", false),
        ("bob", "state/m.room.member/@bob:localhost", """{"membership":"knock"}""", false),
        ("bob", "state/m.room.member/@carol:localhost", """{"membership":"join"}""", false),
        ("carol", "state/m.room.member/@dave:localhost", """{"membership":"invite"}""", false),
        ("bob", "state/m.room.member/@dave:localhost", """{"membership":"invite","third_party_invite":{}}""", false),
        ("bob", "state/m.room.member/@dave:localhost", """{"membership":"invite"}""", true),
        ("bob", "state/m.room.member/@carol:localhost", """{"membership":"ban"}""", false),
        ("bob", "state/m.room.member/@alice:localhost", """{"membership":"leave"}""", false),
        ("carol", "state/m.room.member/@bob:localhost", """{"membership":"leave"}""", false),
        ("bob", "state/m.room.power_levels/", Levels, false),
        ("bob", "send/m.room.power_levels/1", """{"ban":1000}""", false),
        ("bob", "state/m.room.member/@carol:localhost", """{"membership":"leave"}""", true),
        ("alice", "state/m.room.member/@carol:localhost", """{"membership":"ban"}""", true),
        ("bob", "state/m.room.member/@carol:localhost", """{"membership":"leave"}""", false),
        ("alice", "state/m.room.member/@carol:localhost", """{"membership":"leave"}""", true),
    ];

    [Theory]
    [AllDatabases("10")]
    [AllDatabases("11")]
    [AllDatabases("12")]
    public async Task Attempt_ByClient_IsDecidedByTheRules(DatabaseKind kind, string version)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var users = new Dictionary<string, MatrixClient>();
        foreach (var name in new[] { "alice", "bob", "carol", "dave" })
        {
            users[name] = await app.RegisterAsync(name);
        }

        var room = await CreateAsync(users["alice"], version);
        await users["bob"].JoinAsync(room);
        await users["carol"].JoinAsync(room);
        foreach (var (user, path, body, isAllowed) in Attempts)
        {
            var answer = await users[user].PutInRoomAsync(room, path, JsonNode.Parse(body)!.AsObject());
            var expected = isAllowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden;

            Assert.True(answer.Status == expected, $"{user} {path} {body}: {answer.Text}");
            Assert.Equal(isAllowed ? null : "M_FORBIDDEN", (string?)answer.Json["errcode"]);
        }
    }

    [Theory]
    [AllDatabases]
    public async Task Creators_OfVersion12_CannotBeRemovedDemotedOrJoinedByOthers(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var (alice, bob, carol) = (
            await app.RegisterAsync("alice"), await app.RegisterAsync("bob"), await app.RegisterAsync("carol"));
        var room = await alice.CreateRoomAsync(new JsonObject
        {
            ["preset"] = "public_chat",
            ["creation_content"] = new JsonObject { ["additional_creators"] = new JsonArray(bob.UserId) },
        });
        await bob.JoinAsync(room);
        await carol.JoinAsync(room);
        var levels = await bob.StateAsync(room, "m.room.power_levels");
        levels["users"] = new JsonObject { [carol.UserId] = 9007199254740991 };
        await bob.SetStateAsync(room, "m.room.power_levels", levels);

        foreach (var (actor, target) in new[] { (alice, bob), (bob, alice), (carol, alice) })
        {
            JsonObject body = new() { ["user_id"] = target.UserId };
            await actor.PostInRoomAsync(room, "kick", body).ExpectForbiddenAsync();
            await actor.PostInRoomAsync(room, "ban", body).ExpectForbiddenAsync();
        }

        levels["users"] = new JsonObject { [bob.UserId] = 100 };
        await alice.PutInRoomAsync(room, "state/m.room.power_levels/", levels).ExpectForbiddenAsync();
        await bob.PostInRoomAsync(room, "kick", new JsonObject { ["user_id"] = carol.UserId }).ExpectAsync();
    }

    private static async Task<string> CreateAsync(MatrixClient creator, string version)
    {
        var levels = JsonNode.Parse(Levels)!.AsObject();
        if (version != "12")
        {
            levels["users"]![creator.UserId] = 100;
        }

        return await creator.CreateRoomAsync(new JsonObject
        {
            ["preset"] = "public_chat",
            ["room_version"] = version,
            ["power_level_content_override"] = levels,
        });
    }
}
