using System.Net;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Rooms;

namespace Matrix.Realtime.Tests.Relations;

/// <summary>What may be said about an event.</summary>
public sealed class AnnotationTests
{
    [Theory]
    [AllDatabases]
    public async Task Annotation_SaidTwice_IsRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var room = await alice.CreateRoomAsync();
        await bob.JoinAsync(room);
        var old = await alice.SendAsync(room, "old");
        var oldReaction = await alice.ReactAsync(room, old, "+1");

        // More than live rooms hold of their history.
        await Task.WhenAll(Enumerable.Range(0, 70).Select(number => alice.SendAsync(room, $"m{number}")));
        await CheckAsync(old, oldReaction);
        var recent = await alice.SendAsync(room, "recent");
        await CheckAsync(recent, await alice.ReactAsync(room, recent, "+1"));

        async Task CheckAsync(string eventId, string reaction)
        {
            await alice.TryReactAsync(room, eventId, "+1").ExpectErrorAsync(HttpStatusCode.BadRequest, "M_DUPLICATE_ANNOTATION");
            await alice.ReactAsync(room, eventId, "-1");
            await alice.TryReactAsync(room, eventId, "+1", "org.example.annotation").ExpectAsync();
            await bob.ReactAsync(room, eventId, "+1");
            await alice.RedactAsync(room, reaction);
            var transaction = Guid.NewGuid().ToString();
            var again = await alice.TryReactAsync(room, eventId, "+1", transaction: transaction).ExpectAsync();
            var repeated = await alice.TryReactAsync(room, eventId, "+1", transaction: transaction).ExpectAsync();
            Assert.Equal((string?)again["event_id"], (string?)repeated["event_id"]);
        }
    }

    [Theory]
    [AllDatabases]
    public async Task Annotation_SaidManyTimesAtOnce_IsTakenOnce(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        var eventId = await alice.SendAsync(room, "hello");

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => alice.TryReactAsync(room, eventId, "+1")));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Single((await alice.GetRelationsAsync(room, eventId).ExpectAsync())["chunk"]!.AsArray());
    }

    [Theory]
    [AllDatabases]
    public async Task Thread_OffAnEventThatRelatesToAnother_IsRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        var root = await alice.SendAsync(room, "root");
        string[] related = [await alice.ReplyInThreadAsync(room, root, "reply"), await alice.ReferAsync(room, root)];
        foreach (var eventId in related)
        {
            await alice.PutInRoomAsync(room, $"send/m.room.message/{Guid.NewGuid()}", new()
            {
                ["body"] = "no",
                ["m.relates_to"] = new System.Text.Json.Nodes.JsonObject { ["rel_type"] = "m.thread", ["event_id"] = eventId },
            }).ExpectErrorAsync(HttpStatusCode.BadRequest, "M_UNKNOWN");
        }

        await alice.ReplyInThreadAsync(room, root, "another");
    }
}
