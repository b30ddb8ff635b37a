using System.Text.Json.Nodes;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.LiveQueries;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Sync;

namespace Matrix.Realtime.Tests.LiveQueries;

/// <summary>A watch on behalf of a user tells what their sync tells.</summary>
public sealed class LiveVisibilityTests
{
    private const int Steps = 150;

    private static readonly RealtimeApplicationOptions WithPresence = new()
    {
        Settings = new Dictionary<string, string?> { ["Matrix:Presence:Enabled"] = "true" },
    };

    // RCP-3: private receipts are their owner's alone; ACD-1: so is account data.
    [Theory, AllDatabases]
    public async Task Watch_OfAUser_HoldsNothingPrivateOfOthers(DatabaseKind kind)
    {
        await using var ground = await LiveGround.StartAsync(kind);
        var (alice, bob) = (await ground.RegisterAsync("alice"), await ground.RegisterAsync("bob"));
        var room = await alice.CreateRoomAsync();
        await bob.JoinAsync(room);
        var start = await ground.Live.GetPositionAsync();
        var path = $"rooms/{MatrixClient.Escape(room)}";
        var message = await alice.SendAsync(room, "hello");
        foreach (var user in new[] { alice, bob })
        {
            await user.PostAsync(
                $"{path}/receipt/m.read.private/{MatrixClient.Escape(message)}", new JsonObject()).ExpectAsync();
            await user.PostAsync($"{path}/read_markers", new JsonObject { ["m.fully_read"] = message }).ExpectAsync();
            await user.SetAccountDataAsync("org.example.global", []);
            await user.SetAccountDataAsync("org.example.room", [], room);
            await user.PutAsync(
                "pushrules/global/content/cake",
                new JsonObject { ["pattern"] = "cake", ["actions"] = new JsonArray() }).ExpectAsync();
        }

        await alice.SendAsync(room, "end");
        foreach (var user in new[] { alice, bob })
        {
            var recent = await ground.WatchAsync(new LiveQuery(), start, "end", user);

            Assert.Equal(user.UserId, Assert.Single(recent.OfType<LiveReceipt>()).UserId.Value);
            Assert.Equal(4, recent.OfType<LiveAccountData>().Count());
            Assert.All(recent.OfType<LiveAccountData>(), change => Assert.Equal(user.UserId, change.UserId.Value));
            Assert.Equal(6, recent.Count);
        }

        await ground.RestartAsync(alice);
        foreach (var user in new[] { alice, bob })
        {
            var stored = await ground.WatchAsync(new LiveQuery(), start, "end", user);

            Assert.Equal(6, stored.Count);
            Assert.All(
                stored.Where(change => change is not LiveEvent),
                change => Assert.Equal(user.UserId, change.UserId.Value));
        }
    }

    [Theory, AllDatabases]
    public async Task Watch_OfAUserWhoIgnoresSomebody_HoldsOnlyTheirState(DatabaseKind kind)
    {
        await using var ground = await LiveGround.StartAsync(kind, WithPresence);
        var (alice, bob) = (await ground.RegisterAsync("alice"), await ground.RegisterAsync("bob"));
        var carol = await ground.RegisterAsync("carol");
        var room = await alice.CreateRoomAsync();
        await bob.JoinAsync(room);
        await bob.IgnoreAsync(alice, carol);
        var start = await ground.Live.GetPositionAsync();
        var message = await alice.SendAsync(room, "unheard");
        await alice.TypeAsync(room);
        var receipt = $"rooms/{MatrixClient.Escape(room)}/receipt/m.read/{MatrixClient.Escape(message)}";
        await alice.PostAsync(receipt, new JsonObject()).ExpectAsync();
        await ComeAsync(alice);
        await alice.SetStateAsync(room, "m.room.topic", new JsonObject { ["topic"] = "seen" });
        var unwanted = await carol.CreateRoomAsync();
        await carol.InviteAsync(unwanted, bob);
        await carol.SetMembershipAsync(unwanted, bob, "leave");
        await bob.SendAsync(room, "end");

        var changes = await ground.WatchAsync(new LiveQuery(), start, "end", bob);

        Assert.Equal("m.room.topic", ((LiveEvent)Assert.Single(changes)).Type);
    }

    [Theory, AllDatabases]
    public async Task Watch_OfAUser_HoldsPresenceOfThoseTheyShareARoomWith(DatabaseKind kind)
    {
        await using var ground = await LiveGround.StartAsync(kind, WithPresence);
        var (alice, bob) = (await ground.RegisterAsync("alice"), await ground.RegisterAsync("bob"));
        var carol = await ground.RegisterAsync("carol");
        var room = await alice.CreateRoomAsync();
        await bob.JoinAsync(room);
        var start = await ground.Live.GetPositionAsync();
        foreach (var user in new[] { alice, carol, bob })
        {
            await ComeAsync(user);
        }

        await alice.SendAsync(room, "end");
        var query = new LiveQuery { Kinds = LiveKinds.Presence | LiveKinds.Events };
        var changes = await ground.WatchAsync(query, start, "end", bob);

        Assert.Equal(
            [alice.UserId, bob.UserId], changes.OfType<LivePresence>().Select(change => change.UserId.Value).Distinct());
    }

    [Theory, AllDatabases]
    public async Task Watch_OfAUserWhoLeft_EndsWithTheirLeave(DatabaseKind kind)
    {
        await using var ground = await LiveGround.StartAsync(kind);
        var (alice, bob) = (await ground.RegisterAsync("alice"), await ground.RegisterAsync("bob"));
        var (room, other) = (await alice.CreateRoomAsync(), await alice.CreateRoomAsync());
        await bob.JoinAsync(room);
        await bob.JoinAsync(other);
        var start = await ground.Live.GetPositionAsync();
        await alice.SendAsync(room, "before");
        await alice.SetMembershipAsync(room, bob, "leave");
        await alice.SendAsync(room, "after");
        await alice.TypeAsync(room);
        await alice.SendAsync(other, "end");

        var changes = await ground.WatchAsync(new LiveQuery(), start, "end", bob);

        Assert.Equal(["m.room.message", "m.room.member"], changes.Cast<LiveEvent>().Select(change => change.Type));
    }

    [Theory, AllDatabases]
    public async Task Watch_OfAnInvitedUser_HoldsTheirInviteOnly(DatabaseKind kind)
    {
        await using var ground = await LiveGround.StartAsync(kind);
        var (alice, bob) = (await ground.RegisterAsync("alice"), await ground.RegisterAsync("bob"));
        var room = await alice.CreateRoomAsync(new JsonObject { ["preset"] = "private_chat" });
        var other = await bob.CreateRoomAsync();
        var start = await ground.Live.GetPositionAsync();
        await alice.SendAsync(room, "before");
        await alice.InviteAsync(room, bob);
        await alice.SendAsync(room, "after");
        await bob.SendAsync(other, "end");

        var changes = await ground.WatchAsync(new LiveQuery(), start, "end", bob);

        Assert.Equal("invite", ((LiveMembership)Assert.Single(changes)).Membership);
    }

    [Theory]
    [AllDatabases("shared", "before invited end")]
    [AllDatabases("invited", "invited end")]
    [AllDatabases("joined", "end")]
    public async Task Watch_ReadByWhoHasJoined_KeepsToHistoryVisibility(
        DatabaseKind kind, string visibility, string expected)
    {
        await using var ground = await LiveGround.StartAsync(kind);
        var (alice, bob) = (await ground.RegisterAsync("alice"), await ground.RegisterAsync("bob"));
        var room = await alice.CreateRoomAsync(new JsonObject
        {
            ["preset"] = "private_chat",
            ["initial_state"] = new JsonArray(new JsonObject
            {
                ["type"] = "m.room.history_visibility",
                ["content"] = new JsonObject { ["history_visibility"] = visibility },
            }),
        });
        var start = await ground.Live.GetPositionAsync();
        await alice.SendAsync(room, "before");
        await alice.InviteAsync(room, bob);
        await alice.SendAsync(room, "invited");
        await bob.JoinAsync(room);
        await alice.SendAsync(room, "end");
        await alice.SendAsync(room, "over");

        var changes = await ground.WatchAsync(new LiveQuery(), start, "over", bob);

        Assert.Equal(expected, string.Join(' ', changes.Select(LiveGround.TextOf).OfType<string>()));
    }

    [Theory]
    [AllDatabases(1)]
    [AllDatabases(2)]
    public async Task Watch_OfUsersInARandomWorld_HoldsTheEventsOfTheirSyncs(DatabaseKind kind, int seed)
    {
        await using var ground = await LiveGround.StartAsync(kind);
        List<MatrixClient> users = [];
        foreach (var name in new[] { "alice", "bob", "carol" })
        {
            users.Add(await ground.RegisterAsync(name));
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var start = await ground.Live.GetPositionAsync();
        var watches = users.Select(user => ReadUntilMarkedAsync(ground, user, start, patience.Token)).ToList();
        var syncs = users.Select(user => new SyncedEvents(user)).ToList();
        var world = new RandomWorld(new Random(seed), users);
        for (var step = 0; step < Steps; step++)
        {
            await world.StepAsync();
            await Task.WhenAll(syncs.Select(sync => sync.SyncAsync()));
        }

        foreach (var (user, watch, sync) in users.Zip(watches, syncs))
        {
            await user.SetAccountDataAsync("org.example.over", []);
            var seen = (await watch).OfType<LiveEvent>().Where(change => !IsOwnMembership(change, user))
                .Select(change => change.EventId.Value).ToHashSet();

            Assert.Empty(seen.Except(sync.All));
            Assert.Empty(sync.WhileJoined.Except(seen));
            Assert.NotEmpty(sync.WhileJoined);
        }
    }

    private static Task ComeAsync(MatrixClient user) => user.PutAsync(
        $"presence/{MatrixClient.Escape(user.UserId)}/status",
        new JsonObject { ["presence"] = "online" }).ExpectAsync();

    private static bool IsOwnMembership(LiveEvent change, MatrixClient user) =>
        change is LiveMembership { Member: var member } && member.Value == user.UserId;

    private static async Task<List<LiveChange>> ReadUntilMarkedAsync(
        LiveGround ground, MatrixClient user, StreamPosition start, CancellationToken cancellationToken) =>
        await ground.Live.WatchAsync(UserId.Parse(user.UserId), new LiveQuery(), start, cancellationToken)
            .TakeWhile(change => change is not LiveAccountData { Type: "org.example.over" })
            .ToListAsync(cancellationToken);
}
