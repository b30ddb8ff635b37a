using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Sync;

public sealed class SyncSummaryTests
{
    // SYN-48 to SYN-50
    [Theory]
    [AllDatabases]
    public async Task Summary_FollowsMembersAndName(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var carol = await ground.RegisterAsync("carol");
        var roomId = await alice.CreateRoomAsync();
        var first = await alice.PollAsync();
        await bob.JoinAsync(roomId);
        await alice.InviteAsync(roomId, carol);
        var second = await alice.PollAsync(first.NextBatch());
        await alice.SendAsync(roomId, "nothing about members");
        var third = await alice.PollAsync(second.NextBatch());
        await alice.SetStateAsync(roomId, "m.room.name", new JsonObject { ["name"] = "named" });
        var named = await alice.PollAsync(third.NextBatch());
        await alice.SetStateAsync(roomId, "m.room.name", new JsonObject { ["name"] = "" });
        await bob.LeaveAsync(roomId);
        await carol.LeaveAsync(roomId);
        var alone = await alice.PollAsync(named.NextBatch());

        Check(first.Joined(roomId), joined: 1, invited: 0, []);
        Check(second.Joined(roomId), joined: 2, invited: 1, [bob.UserId, carol.UserId]);
        Assert.Null(third.Joined(roomId)!["summary"]);
        Check(named.Joined(roomId), joined: 2, invited: 1, heroes: null);
        Check(alone.Joined(roomId), joined: 1, invited: 0, [bob.UserId, carol.UserId]);
    }

    // SYN-49, SYN-50
    [Theory]
    [AllDatabases]
    public async Task Heroes_OfManyMembers_AreFirstFiveOthers(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        List<MatrixClient> members = [];
        foreach (var name in new[] { "zoe", "yves", "xenia", "will", "vera", "uma" })
        {
            members.Add(await ground.RegisterAsync(name));
            await members[^1].JoinAsync(roomId);
        }

        var seenByAlice = (await alice.PollAsync()).Joined(roomId);
        var seenByZoe = (await members[0].PollAsync()).Joined(roomId);

        Check(seenByAlice, joined: 7, invited: 0, [.. members.Take(5).Select(member => member.UserId)]);
        Check(seenByZoe, joined: 7, invited: 0, [alice.UserId, .. members[1..5].Select(member => member.UserId)]);
    }

    // SYN-49, SYN-50: whatever changes, they are whom a server names that has just started.
    [Theory]
    [AllDatabases]
    public async Task Heroes_WhileMembersComeAndGo_AreThoseOfAFreshLoad(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await SyncGround.CreateSharedRoomAsync(alice);
        List<MatrixClient> members = [];
        for (var i = 0; i < 8; i++)
        {
            members.Add(await ground.RegisterAsync($"member{i}"));
        }

        var random = new Random(1);
        for (var step = 0; step < 60; step++)
        {
            var member = members[random.Next(members.Count)];
            await (random.Next(5) switch
            {
                0 => alice.PostAsync($"rooms/{roomId}/invite", new JsonObject { ["user_id"] = member.UserId }),
                1 => member.PostAsync($"rooms/{roomId}/leave"),
                2 => member.PutAsync(
                    $"profile/{member.UserId}/displayname", new JsonObject { ["displayname"] = $"After {step}" }),
                _ => member.PostAsync($"rooms/{roomId}/join"),
            });
            var heroes = await HeroesAsync();
            if (step % 3 == 0)
            {
                ground.Live.EvictAll();
                Assert.Equal(await HeroesAsync(), heroes);
            }
        }

        async Task<List<string>> HeroesAsync() =>
            [.. (await alice.PollAsync()).Joined(roomId)!["summary"]!["m.heroes"]!.AsArray().Select(hero => (string)hero!)];
    }

    // SYN-48: counts may be left out only while they have not changed, whatever the filter drops.
    [Theory]
    [AllDatabases]
    public async Task Summary_WithMembersFilteredOut_IsStillTold(DatabaseKind kind)
    {
        const string Filter = """
            {"room":{"timeline":{"not_types":["m.room.member"]},"state":{"not_types":["m.room.member"]}}}
            """;
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await alice.CreateRoomAsync();
        var since = await alice.CatchUpAsync(Filter);

        var poll = alice.PollAsync(since, SyncAnswerExtensions.Long, Filter);
        await ground.Live.WaitForPollsAsync(alice);
        await bob.JoinAsync(roomId);
        var room = (await poll).Joined(roomId);

        Check(room, joined: 2, invited: 0, [bob.UserId]);
        Assert.Empty(room.Timeline());
        Assert.Empty(room.State());
    }

    private static void Check(JsonObject? room, int joined, int invited, string[]? heroes)
    {
        var summary = room!["summary"]!;
        Assert.Equal(joined, (int)summary["m.joined_member_count"]!);
        Assert.Equal(invited, (int)summary["m.invited_member_count"]!);
        Assert.Equal(heroes, summary["m.heroes"]?.AsArray().Select(hero => (string)hero!));
    }
}
