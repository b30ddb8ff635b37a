using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Relations;
using Matrix.Realtime.Tests.Search.Events;

namespace Matrix.Realtime.Tests.Rooms.Reading;

/// <summary>
/// One room goes through all history visibilities, and under each of them one user through all memberships; every path
/// then tells every user of the same events. SYN-31. Each message comes with a reply in its own thread and with a reference
/// to an event that everybody sees.
/// </summary>
public sealed class VisibilityWalkTests
{
    private static readonly string[] Visibilities = ["world_readable", "joined", "invited", "shared"];

    /// <summary>What bob is while one message each is sent.</summary>
    private static readonly string[] Phases = ["stranger", "invited", "joined", "left", "banned"];

    /// <summary>Those who are not in the room and never were.</summary>
    private static readonly string[] Outsiders = ["guest", "stranger"];

    /// <summary>Who sees which of the messages: the phases under each visibility, in the order of those.</summary>
    private static readonly Dictionary<string, string[][]> Table = new()
    {
        // Joined all the while.
        ["member"] = [Phases, Phases, Phases, Phases],

        // Walks through the phases; under "shared" the last join opens all before it.
        ["bob"] = [Phases, ["joined"], ["invited", "joined"], ["stranger", "invited", "joined"]],

        // Invited all the while.
        ["guest"] = [Phases, [], Phases, []],

        // Was joined until the second visibility had come to its end.
        ["former"] = [Phases, Phases, [], []],

        // Joined once all was sent.
        ["newcomer"] = [Phases, [], [], Phases],

        ["stranger"] = [Phases, [], [], []],
    };

    [Theory]
    [AllDatabases]
    public async Task EveryPath_ForEveryone_TellsOfTheSameEvents(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var users = new Dictionary<string, MatrixClient>();
        foreach (var name in Table.Keys)
        {
            users[name] = await app.RegisterAsync(name);
        }

        var room = await alice.CreateRoomAsync();
        var walk = await WalkAsync(alice, users, room);

        // Outsiders may not look into the room, whatever single events they may see.
        await CheckAsync(app, users.Where(user => !Outsiders.Contains(user.Key)), walk);
        foreach (var name in Outsiders)
        {
            await users[name].GetInRoomAsync(room, "messages?dir=b").ExpectForbiddenAsync();
            await users[name].GetThreadsAsync(room).ExpectForbiddenAsync();
            await CheckEventsAsync(users[name], walk, Seen(name));
            await CheckRelationsAsync(users[name], walk, Seen(name));
            await CheckSearchAsync(users[name], name, Seen(name));
        }

        // Once anybody may look into it, they see no more of what was before.
        await alice.SetVisibilityAsync(room, "world_readable").ExpectAsync();
        await CheckAsync(app, users, walk);
        await using var again = await app.RestartAsync();
        await CheckAsync(again, users, walk);
    }

    private static async Task<Walk> WalkAsync(
        MatrixClient alice, Dictionary<string, MatrixClient> users, string room)
    {
        var bob = users["bob"];
        await alice.SetVisibilityAsync(room, Visibilities[0]).ExpectAsync();
        var walk = new Walk(room, await alice.SendAsync(room, "org.example.landmark", []));
        await users["member"].JoinAsync(room);
        await users["former"].JoinAsync(room);
        await alice.InviteAsync(room, users["guest"]);
        foreach (var visibility in Visibilities)
        {
            if (visibility == "invited")
            {
                await users["former"].LeaveAsync(room);
            }

            await alice.SetVisibilityAsync(room, visibility).ExpectAsync();
            await SendAsync("stranger");
            await alice.InviteAsync(room, bob);
            await SendAsync("invited");
            await bob.JoinAsync(room);
            await SendAsync("joined");
            await bob.LeaveAsync(room);
            await SendAsync("left");
            await alice.SetMembershipAsync(room, bob, "ban");
            await SendAsync("banned");
            await alice.SetMembershipAsync(room, bob, "leave");

            async Task SendAsync(string phase)
            {
                var message = await alice.SendAsync(room, Text(visibility, phase));
                var reply = await alice.RelateTypedAsync(room, "org.example.reply", "m.thread", message);
                var reference = await alice.RelateTypedAsync(room, "org.example.reference", "m.reference", walk.Landmark);
                walk.Sent.Add(Text(visibility, phase), new(message, reply, reference));
            }
        }

        await users["newcomer"].JoinAsync(room);
        return walk;
    }

    private static string Text(string visibility, string phase) => $"Sent under {visibility} while {phase}";

    private static List<string> Seen(string name) =>
        [.. Visibilities.Zip(Table[name]).SelectMany(part => part.Second.Select(phase => Text(part.First, phase)))];

    private static async Task CheckAsync(
        RealtimeApplication app, IEnumerable<KeyValuePair<string, MatrixClient>> users, Walk walk)
    {
        foreach (var (name, user) in users)
        {
            var reader = app.WithToken(user.AccessToken);
            var (room, seen) = (walk.Room, Seen(name));
            Assert.Equal(seen, (await reader.HistoryAsync(room)).Bodies());
            Assert.Equal(seen, (await reader.HistoryAsync(room, "b", 3)).Bodies());
            Assert.Equal(seen, (await reader.HistoryAsync(room, "f", 1)).Bodies());
            await CheckEventsAsync(reader, walk, seen);
            await CheckTimelineAsync(reader, room, name, seen);
            await CheckTimestampsAsync(reader, room);
            await CheckRelationsAsync(reader, walk, seen);
            await CheckThreadsAsync(reader, walk, seen);
            await CheckSearchAsync(reader, name, seen);
        }
    }

    private static async Task CheckEventsAsync(MatrixClient reader, Walk walk, List<string> seen)
    {
        foreach (var (text, ids) in walk.Sent)
        {
            var status = seen.Contains(text) ? HttpStatusCode.OK : HttpStatusCode.NotFound;
            foreach (var eventId in new[] { ids.Message, ids.Reply, ids.Reference })
            {
                await reader.GetInRoomAsync(walk.Room, $"event/{MatrixClient.Escape(eventId)}").ExpectAsync(status);
            }

            var context = await reader.GetInRoomAsync(walk.Room, $"context/{MatrixClient.Escape(ids.Message)}?limit=400")
                .ExpectAsync(status);
            if (status == HttpStatusCode.OK)
            {
                var around = Events(context["events_before"]).Reverse().Append(context["event"]!.AsObject())
                    .Concat(Events(context["events_after"]));
                Assert.Equal(seen, around.Bodies());
            }
        }
    }

    /// <summary>
    /// Only who was ever joined has a timeline; who left, up to where they did. It may be limited, and goes on before.
    /// </summary>
    private static async Task CheckTimelineAsync(MatrixClient reader, string room, string name, List<string> seen)
    {
        var sync = await reader.SyncAsync(filter: """{"room":{"include_leave":true,"timeline":{"limit":50}}}""");
        var timeline = (sync["rooms"]?["join"]?[room] ?? sync["rooms"]?["leave"]?[room])?["timeline"];
        if (name is "guest" or "stranger")
        {
            Assert.Null(timeline);
            return;
        }

        var before = await reader.HistoryAsync(room, "b", from: (string)timeline!["prev_batch"]!);
        Assert.Equal(seen, [.. before.Bodies(), .. Events(timeline["events"]).Bodies()]);
    }

    private static async Task CheckTimestampsAsync(MatrixClient reader, string room)
    {
        var all = (await reader.HistoryAsync(room)).Ids();
        foreach (var (query, expected) in new[] { ("ts=0&dir=f", all[0]), ("ts=99999999999999&dir=b", all[^1]) })
        {
            var found = await reader.GetAsync($"/_matrix/client/v1/rooms/{room}/timestamp_to_event?{query}").ExpectAsync();
            Assert.Equal(expected, (string?)found["event_id"]);
        }
    }

    private static async Task CheckRelationsAsync(MatrixClient reader, Walk walk, List<string> seen)
    {
        var references = seen.ConvertAll(text => walk.Sent[text].Reference);
        Assert.Equal(references, await PagesAsync(page => reader.GetRelationsAsync(walk.Room, walk.Landmark, $"?dir=f{page}")));
        Assert.Equal(
            Enumerable.Reverse(references),
            await PagesAsync(page => reader.GetRelationsAsync(walk.Room, walk.Landmark, $"?limit=3{page}")));
        var bundle = await reader.BundleAsync(walk.Room, walk.Landmark);
        Assert.Equal(references, bundle["m.reference"]?["chunk"]!.Ids() ?? []);
        foreach (var (text, (message, reply, _)) in walk.Sent)
        {
            var replies = reader.GetRelationsAsync(walk.Room, message, "/m.thread");
            if (seen.Contains(text))
            {
                Assert.Equal([reply], (await replies.ExpectAsync())["chunk"]!.Ids());
                Assert.Equal(1, (int?)(await reader.BundleAsync(walk.Room, message))["m.thread"]!["count"]);
            }
            else
            {
                await replies.ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
            }
        }
    }

    private static async Task CheckThreadsAsync(MatrixClient reader, Walk walk, List<string> seen)
    {
        var roots = Enumerable.Reverse(seen).Select(text => walk.Sent[text].Message).ToList();
        Assert.Equal(roots, await PagesAsync(page => reader.GetThreadsAsync(walk.Room, $"?limit=100{page}")));
        Assert.Equal(roots, await PagesAsync(page => reader.GetThreadsAsync(walk.Room, $"?limit=3{page}")));
    }

    /// <summary>Only who was ever joined can search the room.</summary>
    private static async Task CheckSearchAsync(MatrixClient reader, string name, List<string> seen)
    {
        var expected = Outsiders.Contains(name) ? [] : seen;
        var criteria = SearchRequests.Filtered("limit", 100);
        criteria["event_context"] = new JsonObject { ["before_limit"] = 10, ["after_limit"] = 10 };
        var answer = await reader.ResultsAsync("sent under", criteria);
        var results = Events(answer["results"]).ToList();
        Assert.Equal(Enumerable.Reverse(expected), results.Select(result => result["result"]!.AsObject()).Bodies());
        Assert.Equal(expected.Count, (int)answer["count"]!);
        foreach (var context in results.Select(result => result["context"]!))
        {
            var around = Events(context["events_before"]).Concat(Events(context["events_after"]));
            Assert.Subset(expected.ToHashSet(), around.Bodies().ToHashSet());
        }
    }

    /// <summary>The ids of the events on all pages.</summary>
    private static async Task<List<string>> PagesAsync(Func<string, Task<MatrixResponse>> read)
    {
        List<string> ids = [];
        string? next = null;
        do
        {
            var page = await read(next is null ? "" : $"&from={next}").ExpectAsync();
            ids.AddRange(page["chunk"]!.Ids());
            next = (string?)page["next_batch"];
        }
        while (next is not null);
        return ids;
    }

    private static IEnumerable<JsonObject> Events(JsonNode? array) =>
        (array?.AsArray() ?? []).Select(roomEvent => roomEvent!.AsObject());

    /// <summary>What was sent.</summary>
    /// <param name="Room">Where.</param>
    /// <param name="Landmark">The event that everybody sees.</param>
    private sealed record Walk(string Room, string Landmark)
    {
        /// <summary>By the text of the message.</summary>
        public Dictionary<string, (string Message, string Reply, string Reference)> Sent { get; } = [];
    }
}
