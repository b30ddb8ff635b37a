using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Relations;

namespace Matrix.Realtime.Tests.Sync;

/// <summary>The form of events that a filter asks for.</summary>
public sealed class SyncEventFormatTests
{
    private const string Federation = """{"event_format":"federation","room":{"timeline":{"limit":3}}}""";

    private static readonly string[] OfServers =
        ["auth_events", "depth", "hashes", "origin_server_ts", "prev_events", "sender", "signatures", "type"];

    // FLT-17, SYN-80: raw events have their ids, rooms and the reader's unsigned besides.
    [Theory]
    [AllDatabases("10", false)]
    [AllDatabases("12", false)]
    [AllDatabases("12", true)]
    public async Task Federation_IsTheRawEventForThisReader(DatabaseKind kind, string version, bool evicts)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync(new JsonObject { ["room_version"] = version });
        await alice.SetStateAsync(roomId, "m.room.topic", new JsonObject { ["topic"] = "one" });
        await alice.SetStateAsync(roomId, "m.room.topic", new JsonObject { ["topic"] = "two" });
        var message = await alice.SendAsync(roomId, "secret");
        await alice.RedactAsync(roomId, message);
        if (evicts)
        {
            ground.Live.EvictAll();
        }

        var room = (await alice.SyncAsync(filter: Federation)).Joined(roomId);

        var all = room.State().Concat(room.Timeline()).ToList();
        Assert.Contains("m.room.create", all.Types());
        Assert.All(all, found =>
        {
            Assert.Empty(OfServers.Except(found.Select(member => member.Key)));
            Assert.Equal(roomId, (string?)found["room_id"]);
            Assert.NotNull(found["event_id"]);
            Assert.NotNull(found["unsigned"]!["membership"]);
        });
        var (topic, redacted) = (room.Timeline()[0], room.Timeline()[1]);
        Assert.Equal("one", (string?)topic["unsigned"]!["prev_content"]!["topic"]);
        Assert.NotNull(redacted["unsigned"]!["transaction_id"]);
        Assert.Empty(redacted["content"]!.AsObject());
        Assert.NotNull(redacted["unsigned"]!["redacted_because"]!["signatures"]);
        foreach (var filter in new[] { null, """{"event_format":"client"}""" })
        {
            var client = (await alice.SyncAsync(filter: filter)).Joined(roomId);
            Assert.All(client.Timeline(), found => Assert.Null(found["signatures"] ?? found["room_id"]));
        }
    }

    // FLT-5, FLT-16: in the timeline and in state; all else is as ever.
    [Theory]
    [AllDatabases(false)]
    [AllDatabases(true)]
    public async Task EventFields_LeaveOfRoomEventsWhatTheyName(DatabaseKind kind, bool stores)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        await alice.SetAccountDataAsync("org.example.note", new JsonObject { ["kept"] = true }, roomId);
        var content = JsonNode.Parse("""
            {"body":"hi","more":1,"m.relates_to":{"rel_type":"r","event_id":"$x"},"a\\b":{"c":2}}
            """)!;
        var message = await alice.SendAsync(roomId, "m.room.message", content.AsObject());
        await alice.TypeAsync(roomId);
        var filter = JsonNode.Parse("""
            {"event_fields":["type","content.body","content.m\\.relates_to.rel_type","content.a\\\\b",
                             "unsigned.membership","event_id"],
             "room":{"timeline":{"types":["m.room.message"]},"state":{"types":["m.room.create"]}}}
            """)!;

        var room = (await alice.SyncAsync(filter: await FilterAsync(alice, filter, stores))).Joined(roomId);

        var expected = JsonNode.Parse("""
            {"content":{"a\\b":{"c":2},"body":"hi","m.relates_to":{"rel_type":"r"}},
             "type":"m.room.message","unsigned":{"membership":"join"}}
            """)!;
        expected["event_id"] = message;
        Assert.True(JsonNode.DeepEquals(expected, Assert.Single(room.Timeline())), room!.ToJsonString());
        var create = Assert.Single(room.State());
        Assert.Equal(["content", "event_id", "type", "unsigned"], create.Select(member => member.Key).Order());
        Assert.Equal("leave", (string?)create["unsigned"]!["membership"]);
        Assert.True((bool?)room.AccountData("org.example.note")!["kept"]);
        Assert.Equal(alice.UserId, (string?)room.Ephemeral().Single()["content"]!["user_ids"]![0]);
    }

    // FLT-16, FLT-17
    [Theory]
    [AllDatabases]
    public async Task EventFields_OfTheRawEvent_MayBeNamed(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();

        var room = (await alice.SyncAsync(
            filter: """{"event_fields":["depth","room_id"],"event_format":"federation"}""")).Joined(roomId);

        Assert.All(
            room.Timeline(),
            found => Assert.Equal(["depth", "room_id"], found.Select(member => member.Key).Order()));
        Assert.Equal([1L, 2, 3, 4, 5, 6], room.Timeline().Select(found => (long)found["depth"]!));
    }

    // FLT-2, FLT-16, SYN-3
    [Theory]
    [AllDatabases("""{"event_fields":"type"}""")]
    [AllDatabases("""{"event_fields":[1]}""")]
    [AllDatabases("""{"event_fields":null}""")]
    [AllDatabases("""{"event_fields":[["type"]]}""")]
    [AllDatabases("""{"event_format":"xml"}""")]
    [AllDatabases("""{"event_format":null}""")]
    public async Task Filter_WithBadForm_IsRefused(DatabaseKind kind, string filter)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");

        await alice.GetAsync($"sync?filter={MatrixClient.Escape(filter)}")
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");
        await alice.PostAsync($"user/{alice.UserId}/filter", JsonNode.Parse(filter)!)
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");
    }

    private static async Task<string> FilterAsync(MatrixClient user, JsonNode definition, bool stores) => stores
        ? (string)(await user.PostAsync($"user/{user.UserId}/filter", definition).ExpectAsync())["filter_id"]!
        : definition.ToJsonString();
}
