using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Rooms;

namespace Matrix.Realtime.Tests.Search.Events;

/// <summary>Section 17: what <c>POST /search</c> finds.</summary>
public sealed class SearchTests
{
    [Theory]
    [AllDatabases]
    public async Task Search_ForWords_FindsTextsThatHaveThemAll(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        var meet = await alice.SendAsync(room, "Shall we MEET at the Harbour, at eight?");
        var meeting = await alice.SendAsync(room, "The harbour meeting: (Ärger) l'été 日本語!");

        await CheckAsync("harbour", meeting, meet);
        await CheckAsync("meet HARBOUR", meeting, meet);
        await CheckAsync("harbour-meet!", meeting, meet);
        await CheckAsync("eight", meet);
        await CheckAsync("\"meet at\"", meet);
        await CheckAsync("\"the harbour\" meet", meeting, meet);
        await CheckAsync("\"harbour meeting\"", meeting);
        await CheckAsync("ärger été", meeting);
        await CheckAsync("日本", meeting);
        await CheckAsync("日語");
        await CheckAsync("\"meet\"", meet);
        await CheckAsync("eight nine");
        await CheckAsync("ha");
        await CheckAsync("arbour");
        await CheckAsync("' OR \"* AND ) :* <->");
        await CheckAsync("");

        async Task CheckAsync(string term, params string[] events) =>
            Assert.Equal(events, await alice.FindAsync(term, SearchRequests.Recent()));
    }

    [Theory]
    [AllDatabases]
    public async Task Search_ByKey_FindsBodiesNamesAndTopics(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        var body = await alice.SendAsync(room, "apple one");
        var name = await alice.SetStateAsync(room, "m.room.name", new JsonObject { ["name"] = "Apple two" });
        var topic = await alice.SetStateAsync(room, "m.room.topic", new JsonObject
        {
            ["topic"] = "apple three",
            ["m.topic"] = new JsonObject
            {
                ["m.text"] = new JsonArray(
                    new JsonObject { ["body"] = "<b>markup</b>", ["mimetype"] = "text/html" },
                    new JsonObject { ["body"] = "pear" }),
            },
        });
        await alice.SendAsync(room, "org.example.note", new JsonObject { ["body"] = "apple" });
        await alice.SendAsync(room, "m.room.encrypted", new JsonObject { ["body"] = "apple" });
        await alice.SendAsync(room, "m.room.message", new JsonObject { ["msgtype"] = "m.text", ["body"] = 5 });

        Assert.Equal([topic, name, body], await FindAsync("apple"));
        Assert.Equal([body], await FindAsync("apple", "content.body"));
        Assert.Equal([name], await FindAsync("apple", "content.name"));
        Assert.Equal([topic], await FindAsync("apple", "content.topic"));
        Assert.Equal([topic, body], await FindAsync("apple", "content.topic", "content.body"));
        Assert.Equal([topic], await FindAsync("pear"));
        Assert.Empty(await FindAsync("markup"));

        Task<List<string>> FindAsync(string term, params string[] keys)
        {
            var criteria = SearchRequests.Recent();
            if (keys.Length > 0)
            {
                criteria["keys"] = new JsonArray([.. keys.Select(key => (JsonNode)key)]);
            }

            return alice.FindAsync(term, criteria);
        }
    }

    [Theory]
    [AllDatabases]
    public async Task Search_ForRedactedAndEdited_FindsWhatIsLeftAndWhatIsNew(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        var first = await alice.SendAsync(room, "plum first");
        var second = await alice.SendAsync(room, "plum second");
        var edit = await alice.SendAsync(room, "m.room.message", new JsonObject
        {
            ["msgtype"] = "m.text",
            ["body"] = "* fallback",
            ["m.new_content"] = new JsonObject { ["msgtype"] = "m.text", ["body"] = "plum third" },
            ["m.relates_to"] = new JsonObject { ["rel_type"] = "m.replace", ["event_id"] = second },
        });

        Assert.Equal([edit, second, first], await alice.FindAsync("plum", SearchRequests.Recent()));
        Assert.Equal([edit], await alice.FindAsync("third"));
        Assert.Empty(await alice.FindAsync("fallback"));

        await alice.PutInRoomAsync(room, $"redact/{first}/r1").ExpectAsync();
        Assert.Equal([edit, second], await alice.FindAsync("plum", SearchRequests.Recent()));
        await alice.PutInRoomAsync(room, $"redact/{edit}/r2").ExpectAsync();
        Assert.Equal([second], await alice.FindAsync("plum"));
    }

    [Theory]
    [AllDatabases]
    public async Task Search_ForMessagesOfIgnored_FindsTheirStateOnly(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var room = await bob.CreateRoomAsync();
        await alice.JoinAsync(room);
        var named = await bob.SetStateAsync(room, "m.room.name", new JsonObject { ["name"] = "cherry" });
        await bob.SendAsync(room, "cherry");
        await bob.SendAsync(room, "m.room.topic", new JsonObject { ["topic"] = "cherry, though no state" });
        var own = await alice.SendAsync(room, "cherry");
        Assert.Equal(3, (await alice.FindAsync("cherry")).Count);

        await alice.IgnoreAsync(bob);

        var results = await alice.ResultsAsync("cherry", SearchRequests.Recent());
        Assert.Equal([own, named], results.EventIds());
        Assert.Equal(2, (int)results["count"]!);
    }

    [Theory]
    [AllDatabases]
    public async Task Search_InRooms_FindsWhatTheVisibilityAllows(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var eve = await app.RegisterAsync("eve");
        var open = await alice.CreateRoomAsync();
        var closed = await alice.CreateRoomAsync();
        await alice.SetVisibilityAsync(closed, "joined").ExpectAsync();
        var early = await SendAsync();
        await bob.JoinAsync(open);
        await bob.JoinAsync(closed);
        var member = await SendAsync();
        await bob.LeaveAsync(open);
        await bob.LeaveAsync(closed);
        await SendAsync();

        var results = await bob.ResultsAsync("fig", SearchRequests.Recent());
        Assert.Equal([member.Closed, member.Open, early.Open], results.EventIds());
        Assert.Equal(3, (int)results["count"]!);
        Assert.Equal(6, (await alice.FindAsync("fig")).Count);
        Assert.Empty(await eve.FindAsync("fig"));

        await bob.PostInRoomAsync(open, "forget").ExpectAsync();
        Assert.Equal([member.Closed], await bob.FindAsync("fig"));
        await using var again = await app.RestartAsync();
        Assert.Equal([member.Closed], await again.Continue(bob).FindAsync("fig"));

        async Task<(string Open, string Closed)> SendAsync() =>
            (await alice.SendAsync(open, "fig"), await alice.SendAsync(closed, "fig"));
    }

    [Theory]
    [AllDatabases]
    public async Task Search_AmongMany_FindsOldNewAndNothingRedacted(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        var first = await alice.SendAsync(room, "needle first");

        // Enough for the index to be filled twice, however it gathers what it takes in.
        await Task.WhenAll(Enumerable.Range(0, 1200).Select(number => alice.SendAsync(room, $"hay number {number}")));
        var last = await alice.SendAsync(room, "needle last");

        Assert.Equal([last, first], await alice.FindAsync("needle", SearchRequests.Recent()));
        Assert.Equal([last, first], await alice.FindAsync("need"));
        Assert.Equal([first], await alice.FindAsync("\"needle first\""));
        Assert.Equal(1000, (int)(await alice.ResultsAsync("hay"))["count"]!);

        await alice.PutInRoomAsync(room, $"redact/{first}/r1").ExpectAsync();
        await alice.PutInRoomAsync(room, $"redact/{last}/r2").ExpectAsync();
        var newest = await alice.SendAsync(room, "needle newest");
        Assert.Equal([newest], await alice.FindAsync("needle"));
        await using var again = await app.RestartAsync();
        Assert.Equal([newest], await again.Continue(alice).FindAsync("needle"));
    }

    [Theory]
    [AllDatabases]
    public async Task Search_Malformed_IsRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");

        await ExpectAsync("M_BAD_JSON", "{}");
        await ExpectAsync("M_BAD_JSON", """{"search_categories":{"room_events":{}}}""");
        await ExpectAsync("M_BAD_JSON", """{"search_categories":{"room_events":{"search_term":"a","filter":{"types":1}}}}""");
        await ExpectAsync("M_INVALID_PARAM", """{"search_categories":{"room_events":{"search_term":"a","order_by":"age"}}}""");
        await ExpectAsync("M_INVALID_PARAM", """{"search_categories":{"room_events":{"search_term":"a","keys":["body"]}}}""");
        await ExpectAsync(
            "M_INVALID_PARAM",
            """{"search_categories":{"room_events":{"search_term":"a","groupings":{"group_by":[{"key":"type"}]}}}}""");
        await ExpectAsync(
            "M_INVALID_PARAM",
            """{"search_categories":{"room_events":{"search_term":"a","groupings":{"group_by":[null]}}}}""");
        await ExpectAsync("M_BAD_JSON", """{"search_categories":{"room_events":{"search_term":"a","filter":[]}}}""");
        await ExpectAsync(
            "M_INVALID_PARAM",
            """{"search_categories":{"room_events":{"search_term":"a","event_context":{"before_limit":-1}}}}""");
        foreach (var token in new[] { "", "!", "s12", "MSAyIDMgNCB0eXBlIHg" })
        {
            await alice.SearchAsync("a", nextBatch: token).ExpectInvalidParamAsync();
        }

        await app.Anonymous.SearchAsync("a").ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_MISSING_TOKEN");
        var nothing = await alice.PostAsync("search", new JsonObject { ["search_categories"] = new JsonObject() }).ExpectAsync();
        Assert.Equal("""{"search_categories":{}}""", nothing.ToJsonString());

        async Task ExpectAsync(string errorCode, string body) =>
            await alice.PostAsync("search", JsonNode.Parse(body)!).ExpectErrorAsync(HttpStatusCode.BadRequest, errorCode);
    }
}
