using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Sync;

public sealed class SyncLeaveTests
{
    private const string WithLeft = """{"room":{"include_leave":true,"timeline":{"limit":50}}}""";

    // SYN-14, SYN-56 to SYN-60
    [Theory]
    [AllDatabases("leave")]
    [AllDatabases("kick")]
    [AllDatabases("ban")]
    [AllDatabases("leave, then ban")]
    public async Task Leave_IsToldOnceAndNothingAfterIt(DatabaseKind kind, string how)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await SyncGround.CreateSharedRoomAsync(alice, bob);
        await alice.SetStateAsync(
            roomId, "m.room.history_visibility", new JsonObject { ["history_visibility"] = "world_readable" });
        await SetTopicAsync(alice, roomId, "first");
        var since = await bob.CatchUpAsync();
        await SetTopicAsync(alice, roomId, "second");
        await alice.SendAsync(roomId, "before");
        await EndAsync(how, alice, bob, roomId);
        await alice.SendAsync(roomId, "after");
        await SetTopicAsync(alice, roomId, "third");

        var answer = await bob.PollAsync(since);
        var again = await bob.PollAsync(answer.NextBatch());
        var room = answer.Left(roomId);

        Assert.Null(answer.Joined(roomId));
        Assert.Equal(["before"], room.Texts());
        Assert.Equal(bob.UserId, (string)room.Timeline()[^1]["state_key"]!);
        Assert.Equal(how.Contains("ban") ? "ban" : "leave", (string)room.Timeline()[^1]["content"]!["membership"]!);
        Assert.Equal(["second"], Topics(room));
        Assert.True(again.IsQuiet());
        Assert.True((await bob.PollAsync(again.NextBatch(), fullState: true)).IsQuiet());
        Assert.Null((await bob.PollAsync())["rooms"]!["leave"]);

        foreach (var filter in new[] { WithLeft, """{"room":{"include_leave":true,"timeline":{"limit":1}}}""" })
        {
            var archived = (await bob.PollAsync(filter: filter)).Left(roomId);
            Assert.Equal("second", Topics(archived)[^1]);
            Assert.DoesNotContain("third", Topics(archived));
            Assert.DoesNotContain("after", archived.Texts());
            Assert.Equal(bob.UserId, (string)archived.Timeline()[^1]["state_key"]!);
            Assert.Contains("m.room.create", archived.State().Concat(archived.Timeline()).Types());
        }
    }

    // SYN-56, SYN-58: a gap before the leave.
    [Theory]
    [AllDatabases]
    public async Task Leave_AfterLongGap_IsLimitedWithStateOfGap(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await SyncGround.CreateSharedRoomAsync(alice, bob);
        var since = await bob.CatchUpAsync();
        await SetTopicAsync(alice, roomId, "in gap");
        for (var number = 0; number < 70; number++)
        {
            await alice.SendAsync(roomId, $"{number}");
        }

        await bob.LeaveAsync(roomId);
        for (var number = 0; number < 70; number++)
        {
            await alice.SendAsync(roomId, "after");
        }

        var room = (await bob.PollAsync(since)).Left(roomId);
        var paged = await bob.ReadBackAsync(roomId, room.PrevBatch(), since, pageSize: 50);

        Assert.True(room.IsLimited());
        Assert.Equal(10, room.Timeline().Count);
        Assert.Equal(["m.room.topic"], room.State().Types());
        Assert.Equal(62, paged.Count);
        Assert.DoesNotContain("after", room.Texts());
    }

    // SYN-56, SYN-60: joined and left again before the client ever knew.
    [Theory]
    [AllDatabases]
    public async Task Leave_OfRoomNeverSynced_HasItsHistoryAndState(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await alice.CreateRoomAsync();
        var since = await bob.CatchUpAsync();
        await bob.JoinAsync(roomId);
        await alice.SendAsync(roomId, "hello");
        await bob.LeaveAsync(roomId);

        var answer = await bob.PollAsync(since, filter: """{"room":{"timeline":{"limit":3}}}""");
        var room = answer.Left(roomId);

        Assert.Null(answer.Joined(roomId));
        Assert.Equal(["m.room.member", "m.room.message", "m.room.member"], room.Timeline().Types());
        Assert.Contains("m.room.create", room.State().Types());
        Assert.Equal([alice.UserId], room.State().Of("m.room.member").Keys);
    }

    // SYN-56, SYN-57: what one device forgets, another may still show.
    [Theory]
    [AllDatabases(false)]
    [AllDatabases(true)]
    public async Task Leave_ForgottenAtOnce_IsStillTold(DatabaseKind kind, bool evicts)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await SyncGround.CreateSharedRoomAsync(alice, bob);
        var since = await bob.CatchUpAsync();
        await bob.LeaveAsync(roomId);
        await bob.PostAsync($"rooms/{MatrixClient.Escape(roomId)}/forget").ExpectAsync();
        if (evicts)
        {
            ground.Live.EvictAll();
        }

        var answer = await bob.PollAsync(since);

        Assert.Equal(bob.UserId, (string)Assert.Single(answer.Left(roomId).Timeline())["state_key"]!);
        Assert.True((await bob.PollAsync(answer.NextBatch(), filter: WithLeft)).IsQuiet());
        Assert.Null((await bob.PollAsync(filter: WithLeft))["rooms"]?["leave"]);
    }

    // SYN-58, SYN-59
    [Theory]
    [AllDatabases("reject", "leave")]
    [AllDatabases("withdraw", "leave")]
    [AllDatabases("ban invited", "ban")]
    [AllDatabases("ban stranger", "ban")]
    [AllDatabases("retract knock", "leave")]
    [AllDatabases("deny knock", "leave")]
    public async Task Leave_OfThoseNeverJoined_HasOwnEventOnly(DatabaseKind kind, string how, string membership)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await alice.CreateRoomAsync();
        await alice.SetStateAsync(
            roomId, "m.room.history_visibility", new JsonObject { ["history_visibility"] = "joined" });
        await PrepareAsync(how, alice, bob, roomId);
        var since = await bob.CatchUpAsync();
        await alice.SendAsync(roomId, "secret");
        await (how is "reject" or "retract knock"
            ? bob.LeaveAsync(roomId)
            : alice.SetMembershipAsync(roomId, bob, membership));
        await alice.SendAsync(roomId, "secret");

        var answer = await bob.PollAsync(since);
        var room = answer.Left(roomId);

        Assert.Equal(["leave"], answer["rooms"]!.AsObject().Select(section => section.Key));
        Assert.Equal(bob.UserId, (string)Assert.Single(room.Timeline())["state_key"]!);
        Assert.Equal(membership, (string)room.Timeline()[0]["content"]!["membership"]!);
        Assert.Empty(room.State());
        foreach (var archived in new[] { await bob.PollAsync(filter: WithLeft), await bob.PollAsync(since, filter: WithLeft) })
        {
            Assert.Equal(room.Timeline().Ids(), archived.Left(roomId).Timeline().Ids());
        }

        Assert.Null((await bob.PollAsync())["rooms"]?["leave"]);
        Assert.True((await bob.PollAsync(answer.NextBatch(), filter: WithLeft)).IsQuiet());
        await bob.PostAsync($"rooms/{MatrixClient.Escape(roomId)}/forget").ExpectAsync();
        Assert.Null((await bob.PollAsync(filter: WithLeft))["rooms"]?["leave"]);
    }

    // SYN-31, SYN-59: members see what they were there for, and their own leave.
    [Theory]
    [AllDatabases]
    public async Task Leave_FromHiddenHistory_ShowsTimesOfMembershipOnly(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await alice.CreateRoomAsync();
        await alice.SetStateAsync(
            roomId, "m.room.history_visibility", new JsonObject { ["history_visibility"] = "joined" });
        await alice.SendAsync(roomId, "too early");
        await bob.JoinAsync(roomId);
        await alice.SendAsync(roomId, "for bob");
        await bob.LeaveAsync(roomId);
        await alice.SendAsync(roomId, "too late");

        var room = (await bob.PollAsync(filter: WithLeft)).Left(roomId);

        Assert.Equal(["for bob"], room.Texts());
        Assert.Equal("leave", (string)room.Timeline()[^1]["content"]!["membership"]!);
    }

    /// <summary>Bob is invited or knocks, unless he is to be a stranger.</summary>
    private static async Task PrepareAsync(string how, MatrixClient alice, MatrixClient bob, string roomId)
    {
        if (how.EndsWith("knock", StringComparison.Ordinal))
        {
            await alice.SetStateAsync(roomId, "m.room.join_rules", new JsonObject { ["join_rule"] = "knock" });
            await bob.PostAsync($"knock/{MatrixClient.Escape(roomId)}").ExpectAsync();
        }
        else if (how != "ban stranger")
        {
            await alice.InviteAsync(roomId, bob);
        }
    }

    private static async Task EndAsync(string how, MatrixClient alice, MatrixClient bob, string roomId)
    {
        switch (how)
        {
            case "leave":
                await bob.LeaveAsync(roomId);
                break;
            case "kick":
                await alice.SetMembershipAsync(roomId, bob, "leave");
                break;
            case "ban":
                await alice.SetMembershipAsync(roomId, bob, "ban");
                break;
            default:
                await bob.LeaveAsync(roomId);
                await alice.SendAsync(roomId, "after");
                await SetTopicAsync(alice, roomId, "third");
                await alice.SetMembershipAsync(roomId, bob, "ban");
                break;
        }
    }

    private static Task SetTopicAsync(MatrixClient user, string roomId, string topic) =>
        user.SetStateAsync(roomId, "m.room.topic", new JsonObject { ["topic"] = topic });

    /// <summary>The topics that a client sees one after the other.</summary>
    private static List<string> Topics(JsonObject? room) =>
    [
        .. room.State().Concat(room.Timeline()).Where(found => (string)found["type"]! == "m.room.topic")
            .Select(found => (string)found["content"]!["topic"]!),
    ];
}
