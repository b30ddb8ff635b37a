using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Sync;

public sealed class SyncTimelineTests
{
    // SYN-22, SYN-24, SYN-29
    [Theory]
    [AllDatabases]
    public async Task FirstSync_OfYoungRoom_HasWholeTimelineOldestFirst(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        await alice.SendAsync(roomId, "one");
        await alice.SendAsync(roomId, "two");

        var room = (await alice.PollAsync(filter: Limit(50))).Joined(roomId);

        Assert.False(room.IsLimited());
        Assert.Equal("m.room.create", room.Timeline().Types()[0]);
        Assert.Equal(["one", "two"], room.Texts());
        Assert.Empty(room.State());
        Assert.Empty(await alice.ReadBackAsync(roomId, room.PrevBatch()));
    }

    // SYN-12, SYN-22 to SYN-24, SYN-26, SYN-34, SYN-35: long before what is kept in memory, also after a restart.
    [Theory]
    [AllDatabases(false)]
    [AllDatabases(true)]
    public async Task Sync_OfLongGap_IsLimitedAndPagesBackWithoutLossOrOverlap(DatabaseKind kind, bool restarts)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await SyncGround.CreateSharedRoomAsync(alice, bob);
        var since = await bob.CatchUpAsync();
        var sent = new List<string>();
        for (var number = 0; number < 100; number++)
        {
            sent.Add(number % 20 == 5
                ? await alice.SetStateAsync(roomId, "m.room.topic", new JsonObject { ["topic"] = $"{number}" })
                : await alice.SendAsync(roomId, $"{number}"));
        }

        var reader = restarts ? (await ground.RestartAsync(bob))[0] : bob;
        var room = (await reader.PollAsync(since)).Joined(roomId);
        var wide = (await reader.PollAsync(since, filter: Limit(80))).Joined(roomId);
        var first = (await reader.PollAsync(filter: Limit(99))).Joined(roomId);
        var gap = await reader.ReadBackAsync(roomId, room.PrevBatch(), since);

        Assert.True(room.IsLimited());
        Assert.Equal(10, room.Timeline().Count);
        Assert.Equal(sent, gap.Ids().AsEnumerable().Reverse().Concat(room.Timeline().Ids()));
        Assert.Equal("85", (string)room.State().Of("m.room.topic")[""]["content"]!["topic"]!);
        Assert.Single(room.State());
        Assert.True(wide.IsLimited());
        Assert.Equal(sent.TakeLast(80), wide.Timeline().Ids());
        Assert.Equal("5", (string)wide.State().Of("m.room.topic")[""]["content"]!["topic"]!);
        Assert.Equal(sent.TakeLast(99), first.Timeline().Ids());
        Assert.Empty(first.State().Of("m.room.topic"));
        Assert.Equal(2, first.State().Of("m.room.member").Count);
        Assert.Equal(["m.room.create"], first.State().Types().Where(type => type == "m.room.create"));
    }

    // SYN-22, SYN-23, SYN-35
    [Theory]
    [AllDatabases]
    public async Task Sync_WithinLimit_IsNotLimitedAndRepeatsNoState(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        var since = await alice.CatchUpAsync();
        await alice.SendAsync(roomId, "one");
        await alice.SetStateAsync(roomId, "m.room.topic", new JsonObject { ["topic"] = "new" });

        var room = (await alice.PollAsync(since, filter: Limit(2))).Joined(roomId);

        Assert.False(room.IsLimited());
        Assert.Equal(["m.room.message", "m.room.topic"], room.Timeline().Types());
        Assert.Empty(room.State());
    }

    // SYN-23, SYN-26, FLT-7, FLT-13: bots switch the timeline off and still need to know of state.
    [Theory]
    [AllDatabases]
    public async Task Sync_WithLimitZero_HasNoEventsButStateAndGap(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();

        var first = await alice.PollAsync(filter: Limit(0));
        await alice.SendAsync(roomId, "one");
        await alice.SetStateAsync(roomId, "m.room.topic", new JsonObject { ["topic"] = "new" });
        var second = await alice.PollAsync(first.NextBatch(), filter: Limit(0));
        var room = second.Joined(roomId);

        Assert.Empty(first.Joined(roomId).Timeline());
        Assert.True(first.Joined(roomId).IsLimited());
        Assert.Contains("m.room.create", first.Joined(roomId).State().Types());
        Assert.Empty(room.Timeline());
        Assert.True(room.IsLimited());
        Assert.Equal(["m.room.topic"], room.State().Types());
        Assert.Equal(2, (await alice.ReadBackAsync(roomId, room.PrevBatch(), first.NextBatch())).Count);
    }

    // SYN-5, SYN-27
    [Theory]
    [AllDatabases]
    public async Task Sync_OfNewlyJoinedRoom_HasAllStateAndIsLimited(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await alice.CreateRoomAsync();
        for (var number = 0; number < 20; number++)
        {
            await alice.SendAsync(roomId, $"{number}");
        }

        var since = await bob.CatchUpAsync();
        await bob.JoinAsync(roomId);
        await alice.SendAsync(roomId, "welcome");
        var room = (await bob.PollAsync(since)).Joined(roomId);

        Assert.True(room.IsLimited());
        Assert.Equal(10, room.Timeline().Count);
        Assert.Equal("welcome", room.Texts()[^1]);
        Assert.Contains("m.room.create", room.State().Types());
        Assert.Equal([alice.UserId], room.State().Of("m.room.member").Keys);
        Assert.Equal(2, (int)room!["summary"]!["m.joined_member_count"]!);
    }

    // SYN-27, SYN-28
    [Theory]
    [AllDatabases]
    public async Task Sync_OfRoomLeftAndJoinedAgain_CountsAsNewlyJoined(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var known = await SyncGround.CreateSharedRoomAsync(alice, bob);
        var unknown = await alice.CreateRoomAsync();
        var since = await bob.CatchUpAsync();
        await bob.LeaveAsync(known);
        await alice.SetStateAsync(known, "m.room.topic", new JsonObject { ["topic"] = "while away" });
        for (var number = 0; number < 12; number++)
        {
            await alice.SendAsync(known, $"{number}");
        }

        await bob.JoinAsync(known);
        await bob.JoinAsync(unknown);
        await bob.LeaveAsync(unknown);
        await bob.JoinAsync(unknown);
        var answer = await bob.PollAsync(since);

        Assert.Null(answer["rooms"]!["leave"]);
        Assert.True(answer.Joined(known).IsLimited());
        Assert.Equal("while away", (string)answer.Joined(known).State().Of("m.room.topic")[""]["content"]!["topic"]!);
        Assert.Contains("m.room.create", answer.Joined(known).State().Types());
        Assert.Equal(bob.UserId, (string)answer.Joined(unknown).Timeline()[^1]["state_key"]!);
    }

    private static string Limit(int limit) => new JsonObject
    {
        ["room"] = new JsonObject { ["timeline"] = new JsonObject { ["limit"] = limit } },
    }.ToJsonString();
}
