using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Rooms.Reading;

/// <summary>An event among those around it.</summary>
public sealed class ContextTests
{
    [Theory]
    [AllDatabases]
    public async Task Context_HoldsHalfOfItsEventsOnEitherSide_AndPagesOn(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        var ids = new List<string>();
        foreach (var number in Enumerable.Range(0, 9))
        {
            ids.Add(await alice.SendAsync(room, $"m{number}"));
        }

        await AroundAsync("", "m3 m2 m1 m0", "m5 m6 m7 m8", except: 1);
        await AroundAsync("?limit=4", "m3 m2", "m5 m6");
        await AroundAsync("?limit=3", "m3", "m5 m6");
        await AroundAsync("?limit=0", "", "");
        await FilteredAsync("""{"not_types":["m.room.message"]}""", "", "", except: 2);
        await FilteredAsync($$"""{"rooms":["{{room}}"]}""", "m3 m2", "m5 m6");
        await FilteredAsync("""{"rooms":["!other"]}""", "", "");
        await FilteredAsync($$"""{"not_rooms":["{{room}}"]}""", "", "");

        var context = await ContextAsync("?limit=4");
        Assert.Equal(["m0", "m1"], (await alice.HistoryAsync(room, "b", 2, (string)context["start"]!)).Bodies());
        Assert.Equal(["m7", "m8"], (await alice.HistoryAsync(room, "f", 2, (string)context["end"]!)).Bodies());
        await alice.GetInRoomAsync(room, "context/$unknown").ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
        foreach (var query in new[] { "limit=-1", "limit=x", "filter=7" })
        {
            await alice.GetInRoomAsync(room, $"context/{MatrixClient.Escape(ids[4])}?{query}").ExpectInvalidParamAsync();
        }

        Task<JsonObject> ContextAsync(string query) =>
            alice.GetInRoomAsync(room, $"context/{MatrixClient.Escape(ids[4])}{query}").ExpectAsync();

        Task FilteredAsync(string filter, string before, string after, int except = 0) =>
            AroundAsync($"?limit=4&filter={MatrixClient.Escape(filter)}", before, after, except);

        // Some of the events around may not be messages.
        async Task AroundAsync(string query, string before, string after, int except = 0)
        {
            var found = await ContextAsync(query);
            Assert.Equal("m4", (string?)found["event"]!["content"]!["body"]);
            Assert.Equal(room, (string?)found["event"]!["room_id"]);
            Assert.Equal(before, Bodies(found["events_before"]!));
            Assert.Equal(after, Bodies(found["events_after"]!));
            Assert.Equal(except, found["events_before"]!.AsArray().Count(found => found!["content"]!["body"] is null));
        }

        static string Bodies(JsonNode events) =>
            string.Join(' ', events.AsArray().Select(found => (string?)found!["content"]!["body"]).OfType<string>());
    }

    [Theory]
    [AllDatabases]
    public async Task State_IsThatAtTheLastEvent_WithJustTheSendersWhenAskedFor(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var carol = await app.RegisterAsync("carol");
        var room = await alice.CreateRoomAsync(new() { ["preset"] = "public_chat", ["name"] = "Then" });
        await bob.JoinAsync(room);
        await carol.JoinAsync(room);
        await bob.SendAsync(room, "padding");
        var middle = await bob.SendAsync(room, "middle");
        await bob.SendAsync(room, "padding");
        await alice.SetStateAsync(room, "m.room.name", new() { ["name"] = "Now" });
        await bob.LeaveAsync(room);
        await CheckAsync(alice);

        // More than live rooms hold of their history.
        await Task.WhenAll(Enumerable.Range(0, 70).Select(number => alice.SendAsync(room, $"m{number}")));
        await CheckAsync(alice);
        await using var again = await app.RestartAsync();
        await CheckAsync(again.WithToken(alice.AccessToken));

        async Task CheckAsync(MatrixClient reader)
        {
            var path = $"context/{MatrixClient.Escape(middle)}?limit=2";
            var whole = await reader.GetInRoomAsync(room, path).ExpectAsync();
            Assert.Equal(["@alice:localhost", "@bob:localhost", "@carol:localhost"], Members(whole));
            Assert.Equal("Then", Name(whole));
            var filter = MatrixClient.Escape("""{"lazy_load_members":true}""");
            var lazy = await reader.GetInRoomAsync(room, $"{path}&filter={filter}").ExpectAsync();
            Assert.Equal(["@bob:localhost"], Members(lazy));
            Assert.Equal("Then", Name(lazy));
            Assert.Equal("join", (string?)State(lazy, "m.room.member").Single()["content"]!["membership"]);
        }

        static IEnumerable<JsonNode> State(JsonObject context, string type) =>
            context["state"]!.AsArray().Where(state => (string?)state!["type"] == type)!;

        static IEnumerable<string?> Members(JsonObject context) =>
            State(context, "m.room.member").Select(member => (string?)member["state_key"]).Order(StringComparer.Ordinal);

        static string? Name(JsonObject context) => (string?)State(context, "m.room.name").Single()["content"]!["name"];
    }

    [Theory]
    [AllDatabases]
    public async Task IgnoredUsers_AreLeftOutAroundTheEvent(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var room = await alice.CreateRoomAsync();
        await bob.JoinAsync(room);
        await bob.SendAsync(room, "before");
        var middle = await alice.SendAsync(room, "middle");
        await bob.SendAsync(room, "after");
        await alice.IgnoreAsync(bob);

        var context = await alice.GetInRoomAsync(room, $"context/{MatrixClient.Escape(middle)}?limit=2").ExpectAsync();

        Assert.Empty(context["events_after"]!.AsArray());
        Assert.Equal("m.room.member", (string?)context["events_before"]!.AsArray().Single()!["type"]);
    }
}
