using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Sync;

/// <summary>Lazy-loaded members. SYN-40 to SYN-47.</summary>
public sealed class SyncLazyMemberTests
{
    private const string Lazy = """{"room":{"timeline":{"limit":1},"state":{"lazy_load_members":true}}}""";

    private const string Redundant =
        """{"room":{"timeline":{"limit":1},"state":{"lazy_load_members":true,"include_redundant_members":true}}}""";

    [Theory]
    [AllDatabases]
    public async Task FirstSync_HasTheSendersOneselfAndHeroes_AndNobodyElse(DatabaseKind kind)
    {
        await using var scene = await SceneAsync(kind);
        await scene.Alice.SetStateAsync(scene.Room, "m.room.name", new JsonObject { ["name"] = "Tea" });
        await scene.Carol.SendAsync(scene.Room, "hello");

        var named = (await scene.Bob.SyncAsync(filter: Lazy)).Joined(scene.Room);
        await scene.Alice.SetStateAsync(scene.Room, "m.room.name", []);
        var unnamed = (await scene.Bob.SyncAsync(filter: Lazy)).Joined(scene.Room);

        Assert.Equal(Ids(scene.Bob, scene.Carol), Members(named.State()));
        Assert.Equal(Ids(scene.Alice, scene.Bob, scene.Carol, scene.Dave), Members(unnamed.State()));
    }

    [Theory]
    [AllDatabases]
    public async Task LaterSync_HasASenderOnce_AndAgainWhenTheAnswerWasLost(DatabaseKind kind)
    {
        await using var scene = await SceneAsync(kind, named: true);
        var first = (await scene.Bob.SyncAsync(filter: Lazy)).NextBatch();
        await scene.Carol.SendAsync(scene.Room, "one");

        var lost = await scene.Bob.SyncAsync(first, filter: Lazy);
        var repeated = await scene.Bob.SyncAsync(first, filter: Lazy);
        await scene.Carol.SendAsync(scene.Room, "two");
        var next = await scene.Bob.SyncAsync(repeated.NextBatch(), filter: Lazy);
        var empty = await scene.Bob.SyncAsync(next.NextBatch(), filter: Lazy);
        await scene.Carol.SendAsync(scene.Room, "three");
        var last = await scene.Bob.SyncAsync(empty.NextBatch(), filter: Lazy);

        Assert.Equal(Ids(scene.Carol), Members(lost.Joined(scene.Room).State()));
        Assert.Equal(Ids(scene.Carol), Members(repeated.Joined(scene.Room).State()));
        Assert.Empty(next.Joined(scene.Room).State());
        Assert.Empty(last.Joined(scene.Room).State());

        var wanted = await scene.Bob.SyncAsync(empty.NextBatch(), filter: Redundant);
        Assert.Equal(Ids(scene.Carol), Members(wanted.Joined(scene.Room).State()));
        var fresh = await scene.Bob.SyncAsync(filter: Lazy);
        Assert.Contains(scene.Carol.UserId, Members(fresh.Joined(scene.Room).State()));
    }

    [Theory]
    [AllDatabases]
    public async Task Answers_ToTheSameToken_CountOnlyForWhatTheyHaveInCommon(DatabaseKind kind)
    {
        await using var scene = await SceneAsync(kind, named: true);
        var first = (await scene.Bob.SyncAsync(filter: Lazy)).NextBatch();
        await scene.Carol.SendAsync(scene.Room, "one");
        var withRoom = await scene.Bob.SyncAsync(first, filter: Lazy);
        var without = await scene.Bob.SyncAsync(
            first, filter: """{"room":{"rooms":[],"state":{"lazy_load_members":true}}}""");
        Assert.Equal(withRoom.NextBatch(), without.NextBatch());
        await scene.Carol.SendAsync(scene.Room, "two");

        var next = await scene.Bob.SyncAsync(without.NextBatch(), filter: Lazy);

        Assert.Equal(Ids(scene.Carol), Members(next.Joined(scene.Room).State()));
    }

    // SYN-42, SYN-45
    [Theory]
    [AllDatabases]
    public async Task Gap_HasTheMembershipChangesInIt(DatabaseKind kind)
    {
        await using var scene = await SceneAsync(kind, named: true);
        var first = (await scene.Bob.SyncAsync(filter: Lazy)).NextBatch();
        await scene.Dave.LeaveAsync(scene.Room);
        await scene.Alice.SendAsync(scene.Room, "one");
        await scene.Carol.SendAsync(scene.Room, "two");

        var room = (await scene.Bob.SyncAsync(first, filter: Lazy)).Joined(scene.Room);

        Assert.True(room.IsLimited());
        Assert.Equal(Ids(scene.Carol, scene.Dave), Members(room.State()));
    }

    // SYN-42, SYN-45: a client that is told everything anew knows members from before.
    [Theory]
    [AllDatabases(true)]
    [AllDatabases(false)]
    public async Task Gap_BeforeTheWholeState_HasTheMembershipChangesInIt(DatabaseKind kind, bool comesBack)
    {
        await using var scene = await SceneAsync(kind, named: true);
        var first = (await scene.Bob.SyncAsync(filter: Lazy)).NextBatch();
        if (comesBack)
        {
            await scene.Bob.LeaveAsync(scene.Room);
        }

        await scene.Dave.LeaveAsync(scene.Room);
        if (comesBack)
        {
            await scene.Bob.JoinAsync(scene.Room);
        }

        await scene.Carol.SendAsync(scene.Room, "one");
        await scene.Carol.SendAsync(scene.Room, "two");

        var room = (await scene.Bob.PollAsync(first, filter: Lazy, fullState: !comesBack)).Joined(scene.Room);

        Assert.True(room.IsLimited());
        Assert.Equal(Ids(scene.Bob, scene.Carol, scene.Dave), Members(room.State()));
    }

    // SYN-41
    [Theory]
    [AllDatabases]
    public async Task FullState_AndRoomsThatOneJoins_HaveOneself(DatabaseKind kind)
    {
        await using var scene = await SceneAsync(kind, named: true);
        var first = (await scene.Bob.SyncAsync(filter: Lazy)).NextBatch();

        var full = await scene.Bob.PollAsync(first, filter: Lazy, fullState: true);
        await scene.Carol.SendAsync(scene.Room, "one");
        var later = await scene.Bob.SyncAsync(full.NextBatch(), filter: Lazy);
        var joined = await SyncGround.CreateSharedRoomAsync(scene.Alice, scene.Bob, scene.Dave);
        var next = await scene.Bob.SyncAsync(later.NextBatch(), filter: Lazy);

        Assert.Contains(scene.Bob.UserId, Members(full.Joined(scene.Room).State()));
        Assert.Equal(Ids(scene.Carol), Members(later.Joined(scene.Room).State()));
        Assert.Contains(scene.Bob.UserId, Members(next.Joined(joined).State()));
    }

    // SYN-43, SYN-45
    [Theory]
    [AllDatabases]
    public async Task Leave_IsTold_AndTheHeroesThatRemainAreNotRepeated(DatabaseKind kind)
    {
        await using var scene = await SceneAsync(kind);
        var first = (await scene.Bob.SyncAsync(filter: Lazy)).NextBatch();
        await scene.Dave.LeaveAsync(scene.Room);

        var room = (await scene.Bob.SyncAsync(first, filter: Lazy)).Joined(scene.Room);
        var redundant = (await scene.Bob.SyncAsync(first, filter: Redundant)).Joined(scene.Room);

        Assert.Equal(Ids(scene.Dave), Members(room.Timeline()));
        Assert.Equal(2, room!["summary"]!["m.heroes"]!.AsArray().Count);
        Assert.Empty(Members(room.State()));
        Assert.Superset(Ids(scene.Alice, scene.Carol).ToHashSet(), Members(redundant.State()).ToHashSet());
    }

    // SYN-44, SYN-45: what is forgotten is told again.
    [Theory]
    [AllDatabases]
    public async Task Member_WhoSpeaksAfterARestart_IsToldAgain(DatabaseKind kind)
    {
        await using var scene = await SceneAsync(kind, named: true);
        await scene.Carol.SendAsync(scene.Room, "one");
        var first = await scene.Bob.SyncAsync(filter: Lazy);
        var again = await scene.Ground.RestartAsync(scene.Bob, scene.Carol);
        await again[1].SendAsync(scene.Room, "two");

        var next = await again[0].SyncAsync(first.NextBatch(), filter: Lazy);

        Assert.Contains(scene.Carol.UserId, Members(first.Joined(scene.Room).State()));
        Assert.Equal(Ids(scene.Carol), Members(next.Joined(scene.Room).State()));
    }

    // SYN-36 to SYN-39, SYN-47
    [Theory]
    [AllDatabases("use_state_after", "state_after")]
    [AllDatabases("org.matrix.msc4222.use_state_after", "org.matrix.msc4222.state_after")]
    public async Task StateAfter_IsThatOfTheEnd_InTheSpellingOfTheRequest(DatabaseKind kind, string parameter, string name)
    {
        await using var scene = await SceneAsync(kind);
        var first = (await scene.Bob.SyncAsync()).NextBatch();
        await scene.Alice.SetStateAsync(scene.Room, "m.room.topic", new JsonObject { ["topic"] = "green" });
        await scene.Alice.SetStateAsync(scene.Room, "m.room.topic", new JsonObject { ["topic"] = "black" });
        await scene.Carol.SendAsync(scene.Room, "hello");
        const string Two = """{"room":{"timeline":{"limit":2},"state":{"lazy_load_members":true}}}""";

        var initial = await SyncAsync($"filter={MatrixClient.Escape(Two)}");
        Assert.Equal(["black"], Topics(initial));
        Assert.Contains(scene.Carol.UserId, Members(After(initial)));
        var later = await SyncAsync($"since={first}");
        Assert.Equal(["black"], Topics(later));
        Assert.Equal(3, later.Timeline().Count());
        await scene.Carol.SendAsync(scene.Room, "quiet");
        Assert.Empty(After(await SyncAsync($"since={(await scene.Bob.SyncAsync(first)).NextBatch()}", scene.Carol)));
        await scene.Bob.LeaveAsync(scene.Room);
        var left = await scene.Bob.GetAsync($"sync?{parameter}=true&since={first}").ExpectAsync();
        Assert.NotNull(left["rooms"]!["leave"]![scene.Room]![name]);

        async Task<JsonObject> SyncAsync(string query, MatrixClient? speaker = null)
        {
            await (speaker?.SendAsync(scene.Room, "more") ?? Task.CompletedTask);
            var sync = await scene.Bob.GetAsync($"sync?{parameter}=true&{query}").ExpectAsync();
            var room = sync.Joined(scene.Room)!;
            Assert.Equal(name == "state_after", room.ContainsKey("state_after"));
            Assert.False(room.ContainsKey("state"));
            return room;
        }

        IEnumerable<JsonObject> After(JsonObject room) => room[name]!["events"]!.AsArray().Select(found => found!.AsObject());

        IEnumerable<string?> Topics(JsonObject room) =>
            After(room).Where(state => (string?)state["type"] == "m.room.topic").Select(state => (string?)state["content"]!["topic"]);
    }

    private static async Task<LazyScene> SceneAsync(DatabaseKind kind, bool named = false)
    {
        var ground = await SyncGround.StartAsync(kind);
        var users = new List<MatrixClient>();
        foreach (var name in new[] { "alice", "bob", "carol", "dave" })
        {
            users.Add(await ground.RegisterAsync(name));
        }

        var room = await SyncGround.CreateSharedRoomAsync(users[0], [.. users.Skip(1)]);
        if (named)
        {
            await users[0].SetStateAsync(room, "m.room.name", new JsonObject { ["name"] = "Tea" });
        }

        return new LazyScene(ground, room, users[0], users[1], users[2], users[3]);
    }

    private static IEnumerable<string> Ids(params MatrixClient[] users) => users.Select(user => user.UserId).Order();

    private static IEnumerable<string> Members(IEnumerable<JsonObject> state) =>
        state.Where(found => (string?)found["type"] == "m.room.member").Select(found => (string)found["state_key"]!).Order();

    private sealed record LazyScene(
        SyncGround Ground, string Room, MatrixClient Alice, MatrixClient Bob, MatrixClient Carol, MatrixClient Dave)
        : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Ground.DisposeAsync();
    }
}
