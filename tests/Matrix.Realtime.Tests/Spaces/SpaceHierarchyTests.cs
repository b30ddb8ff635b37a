using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Rooms;
using Microsoft.Extensions.Time.Testing;

namespace Matrix.Realtime.Tests.Spaces;

/// <summary>What <c>/hierarchy</c> tells of a tree of rooms, in which order, and to whom.</summary>
public sealed class SpaceHierarchyTests
{
    [Theory]
    [AllDatabases]
    public async Task Hierarchy_OfNestedSpaces_IsWalkedDepthFirst(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var root = await alice.CreateSpaceAsync("root");
        var inner = await alice.CreateSpaceAsync("inner");
        var leaf = await alice.CreateNamedAsync("leaf");
        var last = await alice.CreateNamedAsync("last");
        await alice.AddChildAsync(root, inner, "a");
        await alice.AddChildAsync(root, last, "b");
        await alice.AddChildAsync(inner, leaf);
        await alice.AddChildAsync(inner, root);
        await alice.AddChildAsync(leaf, last);
        await alice.AddChildAsync(root, "!unknown:elsewhere", "c");

        var bob = await app.RegisterAsync("bob");
        var page = await bob.GetHierarchyAsync(root).ExpectAsync();

        Assert.Equal(["root", "inner", "leaf", "last"], SpaceRequests.Names(page));
        Assert.Null(page["next_batch"]);
        var rooms = page["rooms"]!.AsArray();
        Assert.Equal("m.space", (string?)rooms[0]!["room_type"]);
        Assert.Equal("12", (string?)rooms[0]!["room_version"]);
        Assert.Equal(
            [inner, last, "!unknown:elsewhere"],
            rooms[0]!["children_state"]!.AsArray().Select(child => (string?)child!["state_key"]));
        var child = rooms[1]!["children_state"]!.AsArray()
            .Single(state => (string?)state!["state_key"] == leaf)!.AsObject();
        Assert.Equal(
            ["type", "state_key", "content", "sender", "origin_server_ts"], child.Select(property => property.Key));
        Assert.Equal("m.space.child", (string?)child["type"]);
        Assert.Equal(alice.UserId, (string?)child["sender"]);
        Assert.Equal("localhost", (string?)child["content"]!["via"]![0]);

        // A room that is no space has no children, whatever its state.
        Assert.Empty(rooms[2]!["children_state"]!.AsArray());
    }

    [Theory]
    [AllDatabases]
    public async Task Hierarchy_Children_StandByOrderThenAgeThenId(DatabaseKind kind)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database, new() { Time = time });
        var alice = await app.RegisterAsync("alice");
        var root = await alice.CreateSpaceAsync("root");
        var names = new Dictionary<string, string>();
        var twins = new List<string>();

        await AddAsync("old", null);
        await AddAsync("newer, order too long", new string('a', 51));
        await AddAsync("newest, order not ASCII", "é");
        await AddAsync("tilde", "~");
        await AddAsync("z", "z");
        await AddAsync("space", " ");
        foreach (var twin in new[] { "one", "two" })
        {
            twins.Add(await alice.CreateNamedAsync(twin));
            await alice.AddChildAsync(root, twins[^1], "m");
        }

        var children = (await alice.GetHierarchyAsync(root).ExpectAsync())["rooms"]![0]!["children_state"]!.AsArray()
            .Select(child => (string)child!["state_key"]!).ToList();

        Assert.Equal(
            ["space", .. twins.Order(StringComparer.Ordinal), "z", "tilde",
                "old", "newer, order too long", "newest, order not ASCII"],
            children.Select(child => names.GetValueOrDefault(child, child)));

        async Task AddAsync(string name, string? order)
        {
            var room = await alice.CreateNamedAsync(name);
            names.Add(room, name);
            await alice.AddChildAsync(root, room, order);
            time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Theory]
    [AllDatabases]
    public async Task Hierarchy_Limited_LeavesOutWhatIsNotAskedFor(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var root = await alice.CreateSpaceAsync("root");
        var inner = await alice.CreateSpaceAsync("inner");
        var removed = await alice.CreateNamedAsync("removed");
        await alice.AddChildAsync(root, inner, suggested: true);
        await alice.AddChildAsync(inner, await alice.CreateNamedAsync("plain"), "a");
        await alice.AddChildAsync(inner, await alice.CreateNamedAsync("suggested"), "b", suggested: true);
        await alice.AddChildAsync(root, removed);
        await alice.SetStateAsync(root, "m.space.child", [], removed);

        Assert.Equal(["root", "inner", "plain", "suggested"], await alice.TreeAsync(root));
        Assert.Equal(["root", "inner", "suggested"], await alice.TreeAsync(root, "suggested_only=true"));
        Assert.Equal(["root"], await alice.TreeAsync(root, "max_depth=0"));
        Assert.Equal(["root", "inner"], await alice.TreeAsync(root, "max_depth=1"));
        var shallow = await alice.GetHierarchyAsync(root, "max_depth=0").ExpectAsync();
        Assert.Single(shallow["rooms"]![0]!["children_state"]!.AsArray());
    }

    [Theory]
    [AllDatabases]
    public async Task Hierarchy_PageByPage_IsTheSameTree(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var before = await RealtimeApplication.StartAsync(database);
        var alice = await before.RegisterAsync("alice");
        var root = await alice.CreateSpaceAsync("root");
        foreach (var name in new[] { "a", "b", "c", "d" })
        {
            await alice.AddChildAsync(root, await alice.CreateNamedAsync(name), name);
        }

        var first = await alice.GetHierarchyAsync(root, "limit=2&max_depth=5").ExpectAsync();
        Assert.Equal(["root", "a"], SpaceRequests.Names(first));
        var from = MatrixClient.Escape((string)first["next_batch"]!);

        // No server has to remember the token.
        await using var app = await before.RestartAsync();
        alice = app.Continue(alice);
        var second = await alice.GetHierarchyAsync(root, $"limit=2&max_depth=5&from={from}").ExpectAsync();
        Assert.Equal(["b", "c"], SpaceRequests.Names(second));
        var next = MatrixClient.Escape((string)second["next_batch"]!);
        var third = await alice.GetHierarchyAsync(root, $"limit=2&max_depth=5&from={next}").ExpectAsync();
        Assert.Equal(["d"], SpaceRequests.Names(third));
        Assert.Null(third["next_batch"]);

        var other = await alice.CreateSpaceAsync("other");
        await alice.GetHierarchyAsync(root, $"from={from}").ExpectInvalidParamAsync();
        await alice.GetHierarchyAsync(root, $"max_depth=4&from={from}").ExpectInvalidParamAsync();
        await alice.GetHierarchyAsync(root, $"max_depth=5&suggested_only=true&from={from}").ExpectInvalidParamAsync();
        await alice.GetHierarchyAsync(other, $"max_depth=5&from={from}").ExpectInvalidParamAsync();
    }

    [Theory]
    [AllDatabases("from=nonsense")]
    [AllDatabases("from=1_x_5_!room")]
    [AllDatabases("from=-1_a_5_!room")]
    [AllDatabases("limit=0")]
    [AllDatabases("limit=-1")]
    [AllDatabases("limit=x")]
    [AllDatabases("max_depth=-1")]
    [AllDatabases("suggested_only=maybe")]
    public async Task Hierarchy_BadParameter_IsRefused(DatabaseKind kind, string query)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var root = await alice.CreateSpaceAsync("root");

        await alice.GetHierarchyAsync(root, query).ExpectInvalidParamAsync();
    }

    [Theory]
    [AllDatabases]
    public async Task Hierarchy_ForStranger_HoldsWhatTheyMaySeeOrJoin(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var root = await alice.CreateSpaceAsync("root");
        var club = await alice.CreateRoomAsync();
        await AddAsync("closed");
        var invited = await AddAsync("invited");
        await alice.InviteAsync(invited, bob);
        var knock = await AddAsync("knock");
        await alice.SetStateAsync(knock, "m.room.join_rules", new() { ["join_rule"] = "knock" });
        var readable = await AddAsync("readable");
        await alice.SetVisibilityAsync(readable, "world_readable").ExpectAsync();
        await alice.RestrictAsync(await AddAsync("restricted"), club);
        await alice.RestrictAsync(await AddAsync("knock restricted"), "!unknown", "knock_restricted");
        var banned = await AddAsync("banned", "public_chat");
        await alice.SetMembershipAsync(banned, bob, "ban");

        string[] all =
            ["banned", "closed", "invited", "knock", "knock restricted", "readable", "restricted", "root"];
        Assert.Equal(all, await NamesAsync(alice));
        Assert.Equal(["invited", "knock", "knock restricted", "readable", "root"], await NamesAsync(bob));
        await bob.JoinAsync(club);
        Assert.Equal(all.Except(["banned", "closed"]), await NamesAsync(bob));

        async Task<string> AddAsync(string name, string preset = "private_chat")
        {
            var room = await alice.CreateNamedAsync(name, preset);
            await alice.AddChildAsync(root, room);
            return room;
        }

        async Task<List<string>> NamesAsync(MatrixClient user) =>
            [.. (await user.TreeAsync(root)).Order(StringComparer.Ordinal)];
    }

    [Theory]
    [AllDatabases]
    public async Task Hierarchy_OfRootThatMayNotBeSeen_IsForbidden(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var closed = await alice.CreateSpaceAsync("closed", "private_chat");
        var open = await alice.CreateSpaceAsync("open");
        await alice.SetMembershipAsync(open, bob, "ban");

        await bob.GetHierarchyAsync(closed).ExpectForbiddenAsync();
        await bob.GetHierarchyAsync(open).ExpectForbiddenAsync();
        await bob.GetHierarchyAsync("!unknown").ExpectForbiddenAsync();
        await alice.InviteAsync(closed, bob);
        Assert.Equal(["closed"], await bob.TreeAsync(closed));
    }
}
