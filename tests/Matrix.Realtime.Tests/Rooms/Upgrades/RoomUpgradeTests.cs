using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Sync;

namespace Matrix.Realtime.Tests.Rooms.Upgrades;

/// <summary>What <c>upgrade</c> makes of a room and its successor.</summary>
public sealed class RoomUpgradeTests
{
    private static readonly (string Type, string StateKey, string Content)[] Copied =
    [
        ("m.room.server_acl", "", """{"allow":["*"],"deny":["evil.example"]}"""),
        ("m.room.encryption", "", """{"algorithm":"m.megolm.v1.aes-sha2"}"""),
        ("m.room.name", "", """{"name":"Tea"}"""),
        ("m.room.avatar", "", """{"url":"mxc://localhost/tea"}"""),
        ("m.room.topic", "", """{"topic":"Hats"}"""),
        ("m.room.guest_access", "", """{"guest_access":"forbidden"}"""),
        ("m.room.history_visibility", "", """{"history_visibility":"joined"}"""),
        ("m.room.join_rules", "", """{"allow":[],"join_rule":"restricted"}"""),
        ("m.space.child", "!child:localhost", """{"via":["localhost"]}"""),
        ("m.space.parent", "!parent:localhost", """{"canonical":true,"via":["localhost"]}"""),
    ];

    private static readonly (string Type, string StateKey, string Content)[] NotCopied =
    [
        ("m.space.child", "!former:localhost", "{}"),
        ("com.example", "", """{"a":1}"""),
        ("m.room.pinned_events", "", """{"pinned":["$event"]}"""),
    ];

    [Theory]
    [AllDatabases("10", "11")]
    [AllDatabases("11", "10")]
    [AllDatabases("10", "12")]
    [AllDatabases("12", "11")]
    [AllDatabases("12", "12")]
    public async Task Upgrade_OfWholeRoom_TakesItsStateAlong(DatabaseKind kind, string from, string to)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var (alice, bob) = (await app.RegisterAsync("alice"), await app.RegisterAsync("bob"));
        var old = await alice.CreateRoomAsync(new JsonObject
        {
            ["room_version"] = from,
            ["preset"] = "public_chat",
            ["creation_content"] = new JsonObject { ["type"] = "m.space", ["m.federate"] = false, ["other"] = 1 },
        });
        await bob.JoinAsync(old);
        foreach (var (type, stateKey, content) in Copied.Concat(NotCopied))
        {
            await alice.SetStateAsync(old, type, JsonNode.Parse(content)!.AsObject(), stateKey);
        }

        JsonObject ban = new() { ["user_id"] = "@troll:localhost", ["reason"] = "noise" };
        await alice.PostInRoomAsync(old, "ban", ban).ExpectAsync();
        JsonObject name = new() { ["displayname"] = "Alice" };
        await alice.PutAsync($"profile/{alice.UserId}/displayname", name).ExpectAsync();

        var successor = await alice.UpgradeAsync(old, to);

        var history = await alice.HistoryAsync(successor);
        Assert.Equal(
            [
                "m.room.create", "m.room.member", "m.room.server_acl", "m.room.encryption", "m.room.name",
                "m.room.avatar", "m.room.topic", "m.room.guest_access", "m.room.history_visibility",
                "m.room.join_rules",
            ],
            history.Take(10).Select(TypeOf));
        Assert.Equal(["m.space.child", "m.space.parent"], history.Skip(10).Take(2).Select(TypeOf).Order());
        Assert.Equal(["m.room.member", "m.room.power_levels"], history.Skip(12).Select(TypeOf));
        Assert.All(history, found => Assert.Equal(alice.UserId, (string?)found["sender"]));
        foreach (var (type, stateKey, content) in Copied)
        {
            Assert.Equal(content, (await alice.StateAsync(successor, type, stateKey)).ToJsonString());
        }

        Assert.Equal("""{"displayname":"Alice","membership":"join"}""", history[1]["content"]!.ToJsonString());
        Assert.Equal("""{"membership":"ban","reason":"noise"}""", history[12]["content"]!.ToJsonString());
        var tombstone = (await alice.HistoryAsync(old)).Single(found => TypeOf(found) == "m.room.tombstone");
        Assert.Equal(successor, (string?)tombstone["content"]!["replacement_room"]);
        Assert.NotEmpty((string)tombstone["content"]!["body"]!);
        AssertCreation(history[0]["content"]!.AsObject(), old, to, (string)tombstone["event_id"]!, alice);
        Assert.Equal(to != "12", successor.EndsWith(":localhost", StringComparison.Ordinal));
    }

    [Theory]
    [AllDatabases("11")]
    [AllDatabases("12")]
    public async Task Upgrade_SeenBySync_NeverPointsNowhere(DatabaseKind kind, string to)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var (alice, bob) = (await ground.RegisterAsync("alice"), await ground.RegisterAsync("bob"));
        var old = await SyncGround.CreateSharedRoomAsync(alice, bob);
        var (aliceSince, bobSince) = (await alice.CatchUpAsync(), await bob.CatchUpAsync());
        var (alicePoll, bobPoll) = (
            alice.PollAsync(aliceSince, SyncAnswerExtensions.Long), bob.PollAsync(bobSince, SyncAnswerExtensions.Long));
        await ground.Live.WaitForPollsAsync(alice);
        await ground.Live.WaitForPollsAsync(bob);

        var successor = await alice.UpgradeAsync(old, to);

        var seen = await alicePoll;
        Assert.Contains("m.room.tombstone", seen.Joined(old).Timeline().Types());
        Assert.Contains("m.room.create", seen.Joined(successor).Timeline().Types());
        var tombstone = (await bobPoll).Joined(old).Timeline().Of("m.room.tombstone")[""];
        Assert.Equal(successor, (string?)tombstone["content"]!["replacement_room"]);
        await bob.JoinAsync(successor);
    }

    [Theory]
    [AllDatabases]
    public async Task Upgrade_Refused_LeavesNothingBehind(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var (alice, bob, carol) = (
            await app.RegisterAsync("alice"), await app.RegisterAsync("bob"), await app.RegisterAsync("carol"));
        var old = await alice.CreateRoomAsync(new JsonObject { ["room_version"] = "11", ["preset"] = "public_chat" });
        await bob.JoinAsync(old);
        var before = await alice.HistoryAsync(old);

        (MatrixClient User, string Room, string Body, int Status, string ErrorCode)[] refused =
        [
            (alice, old, """{"new_version":"1"}""", 400, "M_UNSUPPORTED_ROOM_VERSION"),
            (bob, old, """{"new_version":"unheard-of"}""", 400, "M_UNSUPPORTED_ROOM_VERSION"),
            (alice, old, "{}", 400, "M_BAD_JSON"),
            (alice, old, """{"new_version":12}""", 400, "M_BAD_JSON"),
            (alice, old, """{"new_version":"12","additional_creators":"@bob:localhost"}""", 400, "M_BAD_JSON"),
            (alice, old, """{"new_version":"12","additional_creators":["bob"]}""", 400, "M_BAD_JSON"),
            (bob, old, """{"new_version":"12"}""", 403, "M_FORBIDDEN"),
            (carol, old, """{"new_version":"12"}""", 403, "M_FORBIDDEN"),
            (alice, "!unknown:localhost", """{"new_version":"12"}""", 403, "M_FORBIDDEN"),
        ];
        foreach (var (user, room, body, status, errorCode) in refused)
        {
            await user.PostInRoomAsync(room, "upgrade", JsonNode.Parse(body)!.AsObject())
                .ExpectErrorAsync((HttpStatusCode)status, errorCode);
        }

        Assert.Equal(before.Ids(), (await alice.HistoryAsync(old)).Ids());
        foreach (var user in new[] { alice, bob })
        {
            var joined = (await user.GetAsync("joined_rooms").ExpectAsync())["joined_rooms"]!.AsArray();
            Assert.Equal([old], joined.Select(room => (string)room!));
        }

        JsonObject request = new() { ["new_version"] = "11", ["additional_creators"] = "ignored" };
        await alice.PostInRoomAsync(old, "upgrade", request).ExpectAsync();
    }

    [Theory]
    [AllDatabases]
    public async Task OldRoom_AfterUpgrade_IsQuiet(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var (alice, bob) = (await app.RegisterAsync("alice"), await app.RegisterAsync("bob"));
        var old = await alice.CreateRoomAsync(new JsonObject
        {
            ["preset"] = "public_chat",
            ["power_level_content_override"] = new JsonObject { ["users_default"] = 60, ["invite"] = 0 },
        });
        await bob.JoinAsync(old);
        JsonObject invite = new() { ["user_id"] = "@carol:localhost" };
        await bob.PostInRoomAsync(old, "invite", invite).ExpectAsync();

        await alice.UpgradeAsync(old, "12");

        await bob.PutInRoomAsync(old, "send/m.room.message/1", RoomRequests.Text("hello?")).ExpectForbiddenAsync();
        await bob.PostInRoomAsync(old, "invite", new() { ["user_id"] = "@dave:localhost" }).ExpectForbiddenAsync();
        await alice.SendAsync(old, "last words");
        var levels = await alice.StateAsync(old, "m.room.power_levels");
        Assert.Equal((61, 61), ((int)levels["events_default"]!, (int)levels["invite"]!));
    }

    [Theory]
    [AllDatabases]
    public async Task Upgrade_WithoutPowerOverPowerLevels_LeavesThemInTheOldRoom(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var (alice, bob) = (await app.RegisterAsync("alice"), await app.RegisterAsync("bob"));
        var old = await alice.CreateRoomAsync(new JsonObject
        {
            ["room_version"] = "11",
            ["preset"] = "public_chat",
            ["power_level_content_override"] = new JsonObject
            {
                ["users"] = new JsonObject { [alice.UserId] = 100, [bob.UserId] = 40 },
                ["events"] = new JsonObject { ["m.room.tombstone"] = 40, ["m.room.encryption"] = 100 },
                ["ban"] = 100,
            },
        });
        await bob.JoinAsync(old);
        await alice.SetStateAsync(old, "m.room.encryption", new JsonObject { ["algorithm"] = "m.megolm.v1.aes-sha2" });
        await alice.PostInRoomAsync(old, "ban", new() { ["user_id"] = "@troll:localhost" }).ExpectAsync();
        var levels = (await alice.StateAsync(old, "m.room.power_levels")).ToJsonString();

        var successor = await bob.UpgradeAsync(old, "11");

        Assert.Equal(levels, (await alice.StateAsync(old, "m.room.power_levels")).ToJsonString());
        Assert.Equal(levels, (await bob.StateAsync(successor, "m.room.power_levels")).ToJsonString());
        Assert.NotNull((await bob.StateAsync(successor, "m.room.encryption"))["algorithm"]);
        var troll = await bob.StateAsync(successor, "m.room.member", "@troll:localhost");
        Assert.Equal("ban", (string?)troll["membership"]);
        await bob.PutInRoomAsync(successor, "state/m.room.topic/", new() { ["topic"] = "mine" }).ExpectForbiddenAsync();
    }

    // Those who upgrade may ban afterwards, or not at all, or not those who have more power than they.
    [Theory]
    [AllDatabases(100, 0)]
    [AllDatabases(40, 0)]
    [AllDatabases(55, 60)]
    public async Task Upgrade_ManyBans_AreAllCopied(DatabaseKind kind, int level, int bannedLevel)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var (alice, bob) = (await app.RegisterAsync("alice"), await app.RegisterAsync("bob"));
        var names = Enumerable.Range(0, 501).Select(number => $"@troll{number}:localhost").ToList();
        var users = new JsonObject(names.Select(name => KeyValuePair.Create(name, (JsonNode?)bannedLevel)))
        {
            [alice.UserId] = 100,
            [bob.UserId] = level,
        };
        var old = await alice.CreateRoomAsync(new JsonObject
        {
            ["room_version"] = "11",
            ["preset"] = "public_chat",
            ["power_level_content_override"] = new JsonObject
            {
                ["users"] = users,
                ["events"] = new JsonObject { ["m.room.tombstone"] = 40 },
            },
        });
        await bob.JoinAsync(old);
        await Task.WhenAll(names.Select(name =>
            alice.PostInRoomAsync(old, "ban", new JsonObject { ["user_id"] = name }).ExpectAsync()));

        var successor = await bob.UpgradeAsync(old, "11");

        var banned = await bob.GetInRoomAsync(successor, "members?membership=ban").ExpectAsync();
        Assert.Equal(
            names.Order(), banned["chunk"]!.AsArray().Select(member => (string)member!["state_key"]!).Order());
    }

    private static void AssertCreation(
        JsonObject creation, string old, string version, string tombstone, MatrixClient creator)
    {
        var predecessor = version == "12"
            ? new JsonObject { ["room_id"] = old }
            : new JsonObject { ["event_id"] = tombstone, ["room_id"] = old };
        JsonObject expected = new()
        {
            ["m.federate"] = false,
            ["predecessor"] = predecessor,
            ["room_version"] = version,
            ["type"] = "m.space",
        };
        if (version == "10")
        {
            expected.Insert(0, "creator", creator.UserId);
        }

        Assert.Equal(expected.ToJsonString(), creation.ToJsonString());
    }

    private static string? TypeOf(JsonObject roomEvent) => (string?)roomEvent["type"];
}
