using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Receipts;

namespace Matrix.Realtime.Tests.Sync;

/// <summary>What the members of a filter mean to each section.</summary>
public sealed class SyncSectionFilterTests
{
    // FLT-12
    [Theory]
    [AllDatabases("true", "m.image org.example.link")]
    [AllDatabases("false", "m.text org.example.plain")]
    public async Task ContainsUrl_OfTimelineAndState_LooksAtContent(DatabaseKind kind, string wanted, string expected)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        await alice.SetStateAsync(roomId, "org.example.link", new JsonObject { ["url"] = "mxc://localhost/link" });
        await alice.SetStateAsync(
            roomId, "org.example.plain", new JsonObject { ["link"] = new JsonObject { ["url"] = "deep" } });
        await alice.SendAsync(roomId, "m.text", new JsonObject { ["body"] = "url" });
        await alice.SendAsync(roomId, "m.image", new JsonObject { ["url"] = null });
        var filter = $$"""
            {"room":{"timeline":{"contains_url":{{wanted}},"types":["m.text","m.image"]},
                     "state":{"contains_url":{{wanted}},"types":["org.example.*"]} } }
            """;

        var room = (await alice.PollAsync(filter: filter)).Joined(roomId);

        Assert.Equal(expected, string.Join(' ', room.Timeline().Concat(room.State()).Types()));
    }

    // FLT-15: also where most of it is not in memory.
    [Theory]
    [AllDatabases(false)]
    [AllDatabases(true)]
    public async Task Timeline_ThinnedOut_IsFilledFromFurtherBack(DatabaseKind kind, bool evicts)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        var since = await alice.CatchUpAsync();
        foreach (var text in new[] { "one", "two", "three" })
        {
            await alice.SendAsync(roomId, text);
            await Task.WhenAll(Enumerable.Range(0, 110).Select(_ => alice.SendAsync(roomId, "org.example.noise", [])));
        }

        if (evicts)
        {
            ground.Live.EvictAll();
        }

        foreach (var from in new[] { since, null })
        {
            var two = (await alice.PollAsync(from, filter: Messages(2))).Joined(roomId);
            var all = (await alice.PollAsync(from, filter: Messages(3))).Joined(roomId);

            Assert.Equal(["two", "three"], two.Texts());
            Assert.True(two.IsLimited());
            Assert.Equal(["one", "two", "three"], all.Texts());
            Assert.False(all.IsLimited());
        }

        static string Messages(int limit) =>
            $$"""{"room":{"timeline":{"types":["m.room.message"],"limit":{{limit}} } } }""";
    }

    // FLT-14: of a room's ephemeral events typing comes first; that it stops is not told again.
    [Theory]
    [AllDatabases("{}", "m.typing m.receipt m.receipt")]
    [AllDatabases("""{"limit":3}""", "m.typing m.receipt m.receipt")]
    [AllDatabases("""{"limit":2}""", "m.typing m.receipt")]
    [AllDatabases("""{"limit":1}""", "m.typing")]
    [AllDatabases("""{"limit":1,"not_types":["m.typing"]}""", "m.receipt")]
    [AllDatabases("""{"limit":1,"not_types":["m.receipt"]}""", "m.typing")]
    [AllDatabases("""{"limit":0}""", "")]
    public async Task Ephemeral_HasNoMoreThanItsLimit(DatabaseKind kind, string section, string expected)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        var (one, two) = (await alice.SendAsync(roomId, "one"), await alice.SendAsync(roomId, "two"));
        var since = await alice.CatchUpAsync();
        await alice.ReadAsync(roomId, one, "main");
        await alice.ReadAsync(roomId, two);
        await alice.TypeAsync(roomId);

        foreach (var from in new[] { since, null })
        {
            var answer = await alice.PollAsync(from, filter: $$"""{"room":{"ephemeral":{{section}} } }""");

            Assert.Equal(expected, string.Join(' ', answer.Joined(roomId).Ephemeral().Types()));
        }
    }

    // FLT-18: nobody sends typing, receipts and account data, and what belongs to no room is in none.
    [Theory]
    [AllDatabases]
    public async Task Senders_OfWhatHasNone_LetItPass(DatabaseKind kind)
    {
        const string Filter = """
            {"room":{"ephemeral":{"senders":[],"not_senders":["@alice:localhost"]},
                     "account_data":{"senders":["@nobody:localhost"]}},
             "account_data":{"senders":[],"rooms":[]}}
            """;
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        var message = await alice.SendAsync(roomId, "one");
        var since = await alice.CatchUpAsync(Filter);
        var poll = alice.PollAsync(since, SyncAnswerExtensions.Long, Filter);
        await ground.Live.WaitForPollsAsync(alice);

        await alice.TypeAsync(roomId);

        Assert.Equal(["m.typing"], (await poll).Joined(roomId).Ephemeral().Types());
        await alice.ReadAsync(roomId, message);
        await alice.SetAccountDataAsync("org.example.note", [], roomId);
        await alice.SetAccountDataAsync("org.example.note", []);
        var answer = await alice.PollAsync(since, filter: Filter);
        Assert.Equal(["m.typing", "m.receipt"], answer.Joined(roomId).Ephemeral().Types());
        Assert.NotNull(answer.AccountData("org.example.note"));
        Assert.NotNull(answer.Joined(roomId).AccountData("org.example.note"));
    }

    // FLT-4, FLT-20: filters by relation are no part of the specification.
    [Theory]
    [AllDatabases]
    public async Task RelationFilters_ChangeNothing(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        await alice.SendAsync(roomId, "one");

        var room = (await alice.PollAsync(filter: """
            {"room":{"timeline":{"related_by_rel_types":["m.thread"],"related_by_senders":[],
                                 "org.matrix.msc3874.rel_types":[],"org.matrix.msc3874.not_rel_types":7}}}
            """)).Joined(roomId);

        Assert.Equal(["one"], room.Texts());
    }
}
