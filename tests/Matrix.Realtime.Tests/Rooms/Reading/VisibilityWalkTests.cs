using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Rooms.Reading;

/// <summary>
/// One room goes through all history visibilities, and under each of them one user through all memberships; every path
/// then tells every user of the same events. SYN-31.
/// </summary>
public sealed class VisibilityWalkTests
{
    private static readonly string[] Visibilities = ["world_readable", "joined", "invited", "shared"];

    /// <summary>What bob is while one message each is sent.</summary>
    private static readonly string[] Phases = ["stranger", "invited", "joined", "left", "banned"];

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
        var sent = await WalkAsync(alice, users, room);

        // Those who are not in the room and never were may not look into it, whatever single events they may see.
        string[] outsiders = ["guest", "stranger"];
        await CheckAsync(app, users.Where(user => !outsiders.Contains(user.Key)), room, sent);
        foreach (var name in outsiders)
        {
            await users[name].GetInRoomAsync(room, "messages?dir=b").ExpectForbiddenAsync();
            await CheckEventsAsync(users[name], room, sent, Seen(name));
        }

        // Once anybody may look into it, they see no more of what was before.
        await alice.SetVisibilityAsync(room, "world_readable").ExpectAsync();
        await CheckAsync(app, users, room, sent);
        await using var again = await app.RestartAsync();
        await CheckAsync(again, users, room, sent);
    }

    private static async Task<Dictionary<string, string>> WalkAsync(
        MatrixClient alice, Dictionary<string, MatrixClient> users, string room)
    {
        var sent = new Dictionary<string, string>();
        var bob = users["bob"];
        await alice.SetVisibilityAsync(room, Visibilities[0]).ExpectAsync();
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

            async Task SendAsync(string phase) =>
                sent[$"{visibility} {phase}"] = await alice.SendAsync(room, $"{visibility} {phase}");
        }

        await users["newcomer"].JoinAsync(room);
        return sent;
    }

    private static List<string> Seen(string name) =>
        [.. Visibilities.Zip(Table[name]).SelectMany(part => part.Second.Select(phase => $"{part.First} {phase}"))];

    private static async Task CheckAsync(
        RealtimeApplication app,
        IEnumerable<KeyValuePair<string, MatrixClient>> users,
        string room,
        Dictionary<string, string> sent)
    {
        foreach (var (name, user) in users)
        {
            var reader = app.WithToken(user.AccessToken);
            var seen = Seen(name);
            Assert.Equal(seen, (await reader.HistoryAsync(room)).Bodies());
            Assert.Equal(seen, (await reader.HistoryAsync(room, "b", 3)).Bodies());
            Assert.Equal(seen, (await reader.HistoryAsync(room, "f", 1)).Bodies());
            await CheckEventsAsync(reader, room, sent, seen);
            await CheckTimelineAsync(reader, room, name, seen);
            await CheckTimestampsAsync(reader, room);
        }
    }

    private static async Task CheckEventsAsync(
        MatrixClient reader, string room, Dictionary<string, string> sent, List<string> seen)
    {
        foreach (var (text, eventId) in sent)
        {
            var status = seen.Contains(text) ? HttpStatusCode.OK : HttpStatusCode.NotFound;
            await reader.GetInRoomAsync(room, $"event/{MatrixClient.Escape(eventId)}").ExpectAsync(status);
            var context = await reader.GetInRoomAsync(room, $"context/{MatrixClient.Escape(eventId)}?limit=200")
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
        var sync = await reader.SyncAsync(filter: """{"room":{"include_leave":true,"timeline":{"limit":100}}}""");
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

    private static IEnumerable<JsonObject> Events(JsonNode? array) =>
        (array?.AsArray() ?? []).Select(roomEvent => roomEvent!.AsObject());
}
