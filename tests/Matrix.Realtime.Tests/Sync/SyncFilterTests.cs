using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Sync;

/// <summary>What filters leave in the answer to a sync.</summary>
public sealed class SyncFilterTests
{
    // FLT-7, FLT-9 to FLT-11
    [Theory]
    [AllDatabases("""{"types":["m.room.message"]}""", "a1 b1 a3")]
    [AllDatabases("""{"types":["org.*.two"]}""", "a2 b2")]
    [AllDatabases("""{"types":["*"],"not_types":["m.room.*"]}""", "a2 b2")]
    [AllDatabases("""{"types":["m.room.message","org.example.two"],"not_types":["org.example.two"]}""", "a1 b1 a3")]
    [AllDatabases("""{"types":[]}""", "")]
    [AllDatabases("""{"senders":["@bob:localhost"]}""", "b1 b2")]
    [AllDatabases("""{"not_senders":["@bob:localhost"]}""", "a1 a2 a3")]
    [AllDatabases("""{"senders":["@bob:localhost"],"not_senders":["@bob:localhost"]}""", "")]
    [AllDatabases("""{"senders":[]}""", "")]
    [AllDatabases("""{"types":["m.room.message"],"limit":2}""", "b1 a3")]
    [AllDatabases("""{"rooms":[]}""", "")]
    [AllDatabases("""{"not_rooms":["ROOM"]}""", "")]
    [AllDatabases("""{"rooms":["ROOM"]}""", "a1 b1 a2 b2 a3")]
    public async Task Timeline_HasWhatItsFilterAllows(DatabaseKind kind, string section, string expected)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await SyncGround.CreateSharedRoomAsync(alice, bob);
        var filter = $$"""{"room":{"timeline":{{section.Replace("ROOM", roomId)}} } }""";
        var since = await alice.CatchUpAsync(filter);
        await alice.SendAsync(roomId, "a1");
        await bob.SendAsync(roomId, "b1");
        await alice.SendAsync(roomId, "org.example.two", new JsonObject { ["body"] = "a2" });
        await bob.SendAsync(roomId, "org.example.two", new JsonObject { ["body"] = "b2" });
        await alice.SendAsync(roomId, "a3");

        var answer = await alice.PollAsync(since, filter: filter);

        Assert.Equal(expected, string.Join(' ', answer.Joined(roomId).Texts()));
        Assert.Equal(expected.Length == 0, answer.IsQuiet());
    }

    // FLT-6, FLT-8, SYN-4: stored and inline filters do the same.
    [Theory]
    [AllDatabases(false)]
    [AllDatabases(true)]
    public async Task Rooms_OfFilter_ComeBeforeThoseOfSections(DatabaseKind kind, bool stores)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var wanted = await alice.CreateRoomAsync();
        var unwanted = await alice.CreateRoomAsync();
        await alice.SetAccountDataAsync("org.example.note", [], wanted);
        await alice.SetAccountDataAsync("org.example.note", [], unwanted);
        await alice.SetAccountDataAsync("org.example.note", []);
        var definition = JsonNode.Parse($$"""
            {"room":{"rooms":["{{wanted}}","{{unwanted}}"],"not_rooms":["{{unwanted}}"],
                     "timeline":{"rooms":["{{unwanted}}"]},"state":{"types":["m.room.create"]},
                     "account_data":{"not_types":["org.example.note"]} },
             "account_data":{"types":["org.example.*"]},"presence":{"types":[]} }
            """)!;
        var filter = stores
            ? (string)(await alice.PostAsync($"user/{alice.UserId}/filter", definition).ExpectAsync())["filter_id"]!
            : definition.ToJsonString();

        var answer = await alice.PollAsync(filter: filter);

        Assert.Equal([wanted], answer["rooms"]!["join"]!.AsObject().Select(room => room.Key));
        Assert.Empty(answer.Joined(wanted).Timeline());
        Assert.Equal(["m.room.create"], answer.Joined(wanted).State().Types());
        Assert.Null(answer.Joined(wanted)!["account_data"]);
        Assert.NotNull(answer.AccountData("org.example.note"));
        Assert.Null(answer.AccountData("m.push_rules"));
    }

    // FLT-7, FLT-14: state is never cut by a limit, and a filter of state does not touch the timeline.
    [Theory]
    [AllDatabases]
    public async Task State_WithLimitAndTypes_IsWholeOfThoseTypes(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await SyncGround.CreateSharedRoomAsync(alice, bob);
        await alice.SendAsync(roomId, "one");

        var room = (await alice.PollAsync(filter: """
            {"room":{"state":{"limit":1,"types":["m.room.member"]},"timeline":{"limit":1}}}
            """)).Joined(roomId);

        Assert.Equal(2, room.State().Of("m.room.member").Count);
        Assert.Equal(2, room.State().Count);
        Assert.Equal(["one"], room.Texts());
    }

    // FLT-6
    [Theory]
    [AllDatabases]
    public async Task Ephemeral_SwitchedOff_HasNoTyping(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        var since = await alice.CatchUpAsync();
        await alice.TypeAsync(roomId);

        Assert.Equal(["m.typing"], (await alice.PollAsync(since)).Joined(roomId).Ephemeral().Types());
        foreach (var section in new[] { """{"types":[]}""", """{"not_types":["m.*"]}""", """{"rooms":[]}""" })
        {
            Assert.True((await alice.PollAsync(since, filter: $$"""{"room":{"ephemeral":{{section}} } }""")).IsQuiet());
        }
    }

    // FLT-7, FLT-10, FLT-13, FLT-14, SYN-64: of more than the limit the newest; each section for itself.
    [Theory]
    [AllDatabases("{}", "one two three")]
    [AllDatabases("""{"types":["org.example.t*"]}""", "two three")]
    [AllDatabases("""{"types":["org.example.*"],"not_types":["*.two"]}""", "one three")]
    [AllDatabases("""{"types":[]}""", "")]
    [AllDatabases("""{"limit":2}""", "two three")]
    [AllDatabases("""{"not_types":["*.three"],"limit":1}""", "two")]
    [AllDatabases("""{"limit":0}""", "")]
    [AllDatabases("""{"senders":["@nobody:localhost"]}""", "one two three")]
    public async Task AccountData_HasWhatItsFilterAllows(DatabaseKind kind, string section, string expected)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        var since = await alice.CatchUpAsync();
        foreach (var type in new[] { "one", "two", "three" })
        {
            await alice.SetAccountDataAsync($"org.example.{type}", []);
            await alice.SetAccountDataAsync($"org.example.{type}", [], roomId);
        }

        var ofRoom = await alice.PollAsync(since, filter: $$"""{"room":{"account_data":{{section}} } }""");
        var ofNone = await alice.PollAsync(since, filter: $$"""{"account_data":{{section}} }""");

        Assert.Equal(expected, Names(ofRoom.Joined(roomId)));
        Assert.Equal(expected, Names(ofNone));
        Assert.Equal("one two three", Names(ofRoom));
        Assert.Equal("one two three", Names(ofNone.Joined(roomId)));

        static string Names(JsonObject? scope) => string.Join(' ', new[] { "one", "two", "three" }
            .Where(type => scope.AccountData($"org.example.{type}") is not null));
    }

    // FLT-13, SYN-15
    [Theory]
    [AllDatabases]
    public async Task AccountData_BeyondTheFilter_DoesNotEndAWait(DatabaseKind kind)
    {
        const string Filter = """{"account_data":{"limit":0},"room":{"account_data":{"limit":0}}}""";
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        var poll = alice.PollAsync(await alice.CatchUpAsync(Filter), SyncAnswerExtensions.Long, Filter);
        await ground.Live.WaitForPollsAsync(alice);

        await alice.SetAccountDataAsync("org.example.one", []);
        await alice.SetAccountDataAsync("org.example.one", [], roomId);
        await alice.SendAsync(roomId, "end");

        var answer = await poll;
        Assert.Equal(["end"], answer.Joined(roomId).Texts());
        Assert.Null(answer["account_data"]);
        Assert.Null(answer.Joined(roomId)!["account_data"]);
    }
}
