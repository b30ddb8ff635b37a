using System.Net;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Rooms.Reading;

/// <summary>Paging through <c>/messages</c>.</summary>
public sealed class MessagesTests
{
    [Theory]
    [AllDatabases]
    public async Task Messages_PagedToEitherEnd_LoseAndRepeatNothing(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        var texts = Enumerable.Range(0, 80).Select(number => $"m{number}").ToList();
        foreach (var text in texts)
        {
            await alice.SendAsync(room, text);
        }

        var all = (await alice.HistoryAsync(room, limit: 1000)).Ids();
        Assert.Equal(texts.Count + 6, all.Count);
        foreach (var limit in new[] { 1, 7, 86, 100 })
        {
            Assert.Equal(all, (await alice.HistoryAsync(room, "f", limit)).Ids());
            Assert.Equal(all, (await alice.HistoryAsync(room, "b", limit)).Ids());
        }

        var timeline = (await alice.SyncAsync())["rooms"]!["join"]![room]!["timeline"]!;
        var shown = timeline["events"]!.AsArray().Select(roomEvent => roomEvent!.AsObject()).Ids();
        var before = (await alice.HistoryAsync(room, "b", 9, (string)timeline["prev_batch"]!)).Ids();
        Assert.Equal(all, [.. before, .. shown]);
    }

    [Theory]
    [AllDatabases]
    public async Task Messages_BetweenTokens_EndThere(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        await alice.SendAsync(room, "before");
        var from = (string)(await alice.SyncAsync())["next_batch"]!;
        await alice.SendAsync(room, "one");
        await alice.SendAsync(room, "two");
        var to = (string)(await alice.SyncAsync())["next_batch"]!;
        await alice.SendAsync(room, "after");

        Assert.Equal(["one", "two"], await BodiesAsync($"dir=f&from={from}&to={to}"));
        Assert.Equal(["two", "one"], await BodiesAsync($"dir=b&from={to}&to={from}"));
        Assert.Equal(["one", "two", "after"], await BodiesAsync($"dir=f&from={from}"));
        Assert.Equal(["before"], (await BodiesAsync($"dir=b&from={from}")));
        Assert.Empty(await BodiesAsync($"dir=f&from={to}&to={from}"));
        Assert.Empty(await BodiesAsync("dir=b&limit=0"));
        Assert.Equal(["after"], await BodiesAsync("dir=b&limit=1"));
        Assert.Equal(4, (await BodiesAsync("dir=b&limit=9223372036854775807")).Count);

        var edge = await alice.GetInRoomAsync(room, "messages?dir=b&limit=1000").ExpectAsync();
        Assert.NotNull(edge["start"]);
        Assert.Null(edge["end"]);

        string[] malformed = ["dir=x", "dir=b&limit=-1", "dir=b&limit=ten", "dir=b&from=t1", "dir=b&to=", "dir=f&from=s-1"];
        foreach (var query in malformed)
        {
            await alice.GetInRoomAsync(room, $"messages?{query}").ExpectInvalidParamAsync();
        }

        await alice.GetInRoomAsync(room, "messages").ExpectErrorAsync(HttpStatusCode.BadRequest, "M_MISSING_PARAM");
        await alice.GetInRoomAsync("!unknown", "messages?dir=b").ExpectForbiddenAsync();

        async Task<List<string>> BodiesAsync(string query) =>
            (await alice.GetInRoomAsync(room, $"messages?{query}").ExpectAsync())["chunk"]!.AsArray()
            .Select(roomEvent => roomEvent!.AsObject()).Bodies();
    }

    [Theory]
    [AllDatabases]
    public async Task Messages_BehindMuchThatIsHidden_AreFound(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var room = await alice.CreateRoomAsync();
        await bob.JoinAsync(room);
        await bob.SendAsync(room, "seen");
        await bob.LeaveAsync(room);
        await alice.SetVisibilityAsync(room, "joined").ExpectAsync();
        await Task.WhenAll(Enumerable.Range(0, 70).Select(number => alice.SendAsync(room, $"hidden {number}")));
        await bob.JoinAsync(room);

        var page = await bob.GetInRoomAsync(room, "messages?dir=b&limit=1").ExpectAsync();
        Assert.Equal("join", (string?)page["chunk"]![0]!["content"]!["membership"]);
        Assert.Equal(["seen"], (await bob.HistoryAsync(room, "b", 1)).Bodies());
        Assert.Equal(["seen"], (await bob.HistoryAsync(room, "f", 1)).Bodies());
    }

    // SYN-80
    [Theory]
    [AllDatabases]
    public async Task Answers_HoldNothingOfTheFederation(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        foreach (var version in new[] { "10", "12" })
        {
            var room = await alice.CreateRoomAsync(new() { ["room_version"] = version, ["preset"] = "public_chat" });
            await bob.JoinAsync(room);
            var sent = await alice.SendAsync(room, "hello");
            await alice.PutInRoomAsync(room, $"redact/{MatrixClient.Escape(sent)}/r{version}").ExpectAsync();
            await bob.LeaveAsync(room);
            string[] paths =
            [
                "messages?dir=b&limit=100", "state", "members", "joined_members", $"event/{MatrixClient.Escape(sent)}",
                "state/m.room.create/?format=event",
            ];
            foreach (var path in paths)
            {
                var answer = await alice.GetInRoomAsync(room, path);
                Assert.Equal(HttpStatusCode.OK, answer.Status);
                Check(answer.Text);
            }

            foreach (var user in new[] { alice, bob })
            {
                var sync = await user.SyncAsync(filter: """{"room":{"include_leave":true}}""");
                Assert.NotNull(sync["rooms"]![user == alice ? "join" : "leave"]![room]);
                Check(sync.ToJsonString());
            }
        }

        static void Check(string answer) => Assert.All(
            new[] { "auth_events", "prev_events", "hashes", "signatures", "depth" },
            name => Assert.DoesNotContain($"\"{name}\"", answer, StringComparison.Ordinal));
    }
}
