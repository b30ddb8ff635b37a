using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Sync;

public sealed class SyncStateTests
{
    // SYN-34: state is that of the beginning of the timeline, the later state is in the timeline.
    [Theory]
    [AllDatabases]
    public async Task State_OfFirstSync_IsThatBeforeTimeline(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        await SetTopicAsync(alice, roomId, "before");
        await alice.SendAsync(roomId, "one");
        await SetTopicAsync(alice, roomId, "after");

        var room = (await alice.PollAsync(filter: """{"room":{"timeline":{"limit":2}}}""")).Joined(roomId);

        Assert.Equal("before", Topic(room.State()));
        Assert.Equal("after", Topic(room.Timeline()));
    }

    // SYN-34, SYN-35: what the timeline's filter leaves out of the state is not lost, wherever it stands.
    [Theory]
    [AllDatabases(10, 0)]
    [AllDatabases(10, 80)]
    [AllDatabases(1, 0)]
    [AllDatabases(1, 80)]
    public async Task State_DroppedFromTimeline_IsInState(DatabaseKind kind, int limit, int more)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        var filter = $$$"""{"room":{"timeline":{"limit":{{{limit}}},"types":["m.room.message"]} } }""";
        var since = await alice.CatchUpAsync(filter);
        await alice.SetStateAsync(roomId, "m.room.name", new JsonObject { ["name"] = "named" });
        for (var number = 0; number < more; number++)
        {
            await alice.SendAsync(roomId, "org.example.noise", []);
        }

        await alice.SendAsync(roomId, "one");
        await SetTopicAsync(alice, roomId, "between");
        await alice.SendAsync(roomId, "two");
        await SetTopicAsync(alice, roomId, "last");

        var room = (await alice.PollAsync(since, filter: filter)).Joined(roomId);
        var first = (await alice.PollAsync(filter: filter)).Joined(roomId);

        Assert.Equal(limit == 1 ? ["two"] : ["one", "two"], room.Texts());
        Assert.Equal(limit == 1, room.IsLimited());
        Assert.Equal("last", Topic(room.State()));
        Assert.Equal(["m.room.name", "m.room.topic"], room.State().Types().Order(StringComparer.Ordinal));
        Assert.Equal("last", Topic(first.State()));
    }

    // SYN-27, SYN-31, SYN-34: what happened unseen between two visible events is not lost.
    [Theory]
    [AllDatabases]
    public async Task State_SetWhileAwayFromHiddenHistory_IsInState(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await alice.CreateRoomAsync();
        await alice.SetStateAsync(
            roomId, "m.room.history_visibility", new JsonObject { ["history_visibility"] = "joined" });
        await bob.JoinAsync(roomId);
        await alice.SendAsync(roomId, "seen");
        await bob.LeaveAsync(roomId);
        await SetTopicAsync(alice, roomId, "unseen");
        await alice.SendAsync(roomId, "unseen");
        await bob.JoinAsync(roomId);

        var room = (await bob.PollAsync(filter: """{"room":{"timeline":{"limit":50}}}""")).Joined(roomId);

        Assert.Equal(["seen"], room.Texts());
        Assert.Equal("unseen", Topic(room.State()));
    }

    // SYN-23, SYN-34: clients read state before the timeline, so nothing in the timeline may be older than it.
    [Theory]
    [AllDatabases]
    public async Task State_DroppedFromTimeline_IsNotUndoneByIt(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await alice.CreateRoomAsync(new JsonObject
        {
            ["preset"] = "public_chat",
            ["power_level_content_override"] = new JsonObject { ["state_default"] = 0 },
        });
        await bob.JoinAsync(roomId);
        var filter = $$"""{"room":{"timeline":{"not_senders":["{{bob.UserId}}"]} } }""";
        var since = await alice.CatchUpAsync(filter);
        await SetTopicAsync(alice, roomId, "older");
        await SetTopicAsync(bob, roomId, "newer");
        await alice.SendAsync(roomId, "one");

        var room = (await alice.PollAsync(since, filter: filter)).Joined(roomId);

        Assert.Equal("newer", Topic(room.State()));
        Assert.Equal(["m.room.message"], room.Timeline().Types());
        Assert.True(room.IsLimited());
    }

    // SYN-8
    [Theory]
    [AllDatabases]
    public async Task State_OfFullSync_IsWholeAndTimelineOnlyNew(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        var quiet = await alice.CreateRoomAsync();
        await SetTopicAsync(alice, roomId, "old");
        var since = await alice.CatchUpAsync();
        await alice.SendAsync(roomId, "one");
        await SetTopicAsync(alice, roomId, "new");

        var answer = await alice.PollAsync(since, SyncAnswerExtensions.Long, fullState: true);
        var room = answer.Joined(roomId);

        Assert.Equal("old", Topic(room.State()));
        Assert.Contains("m.room.create", room.State().Types());
        Assert.Equal(["m.room.message", "m.room.topic"], room.Timeline().Types());
        Assert.False(room.IsLimited());
        Assert.Empty(answer.Joined(quiet).Timeline());
        Assert.Contains("m.room.power_levels", answer.Joined(quiet).State().Types());
    }

    // SYN-31
    [Theory]
    [AllDatabases("shared", true, true)]
    [AllDatabases("invited", false, true)]
    [AllDatabases("joined", false, false)]
    [AllDatabases("world_readable", true, true)]
    public async Task Timeline_OfNewMember_HasWhatVisibilityAllowed(
        DatabaseKind kind, string visibility, bool seesBeforeInvite, bool seesBeforeJoin)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await alice.CreateRoomAsync();
        await alice.SetStateAsync(
            roomId, "m.room.history_visibility", new JsonObject { ["history_visibility"] = visibility });
        var since = await bob.CatchUpAsync();
        await alice.SendAsync(roomId, "before invite");
        await alice.InviteAsync(roomId, bob);
        await alice.SendAsync(roomId, "before join");
        await bob.JoinAsync(roomId);
        await alice.SendAsync(roomId, "joined");

        foreach (var answer in new[] { await bob.PollAsync(), await bob.PollAsync(since) })
        {
            var room = answer.Joined(roomId);
            Assert.Equal(seesBeforeInvite, room.Texts().Contains("before invite"));
            Assert.Equal(seesBeforeJoin, room.Texts().Contains("before join"));
            Assert.Contains("joined", room.Texts());
            Assert.Contains(bob.UserId, room.Timeline().Select(found => (string?)found["state_key"]));
        }
    }

    private static Task SetTopicAsync(MatrixClient user, string roomId, string topic) =>
        user.SetStateAsync(roomId, "m.room.topic", new JsonObject { ["topic"] = topic });

    private static string? Topic(IEnumerable<JsonObject> events) =>
        (string?)events.Of("m.room.topic").GetValueOrDefault("")?["content"]!["topic"];
}
