using System.Text.Json.Nodes;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Tests.Accounts;
using Matrix.Realtime.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Tests.Rooms.Writing;

/// <summary>What is found out about an event once, when it is written: RCP-13, RCP-14.</summary>
public sealed class EventFactsTests
{
    [Theory, AllDatabases]
    public async Task Thread_IsNamedOrReachedThroughRelations(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        var root = await alice.SendAsync(room, "root");
        var reply = await alice.ReplyInThreadAsync(room, root);
        var edit = await alice.RelateAsync(room, "m.replace", reply);
        var onEdit = await alice.RelateAsync(room, "org.example.any", edit);
        var onRoot = await alice.RelateAsync(room, "m.reference", root);
        var onThat = await alice.RelateAsync(room, "m.annotation", onRoot);

        Assert.Equal(
            [null, root, root, root, null, null], await ThreadsAsync(database, root, reply, edit, onEdit, onRoot, onThat));
    }

    [Theory, AllDatabases]
    public async Task Thread_OfAnEventLongPast_IsReadFromTheDatabase(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        var root = await alice.SendAsync(room, "root");
        var reply = await alice.ReplyInThreadAsync(room, root);
        for (var i = 0; i <= RoomState.MaxRecent; i++)
        {
            await alice.SendAsync(room, "filler");
        }

        var late = await alice.ReplyInThreadAsync(room, root);
        var edit = await alice.RelateAsync(room, "m.replace", reply);
        var onRoot = await alice.RelateAsync(room, "m.reference", root);

        Assert.Equal([root, root, null], await ThreadsAsync(database, late, edit, onRoot));
    }

    [Theory, AllDatabases]
    public async Task Thread_OfWhatIsNotInTheRoom_IsNone(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var (room, other) = (await alice.CreateRoomAsync(), await alice.CreateRoomAsync());
        var foreign = await alice.SendAsync(other, "elsewhere");
        var foreignReply = await alice.ReplyInThreadAsync(other, foreign);

        string[] events =
        [
            await alice.ReplyInThreadAsync(room, foreign),
            await alice.RelateAsync(room, "m.replace", foreignReply),
            await alice.ReplyInThreadAsync(room, "$unknown"),
            await alice.ReplyInThreadAsync(room, "no event id"),
            await alice.SendAsync(room, "m.room.message", new JsonObject { ["m.relates_to"] = "no object" }),
            await alice.SendAsync(room, "m.room.message", new JsonObject
            {
                ["nested"] = new JsonObject { ["m.relates_to"] = new JsonObject { ["rel_type"] = "m.thread", ["event_id"] = foreign } },
            }),
        ];

        Assert.All(await ThreadsAsync(database, events), Assert.Null);
    }

    [Theory, AllDatabases]
    public async Task Thread_OfARedactedReply_Stays(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        var root = await alice.SendAsync(room, "root");
        var reply = await alice.ReplyInThreadAsync(room, root);
        await alice.PutInRoomAsync(room, $"redact/{MatrixClient.Escape(reply)}/r1").ExpectAsync();
        var onRedacted = await alice.RelateAsync(room, "m.annotation", reply);

        Assert.Equal([root, root], await ThreadsAsync(database, reply, onRedacted));
    }

    [Theory, AllDatabases]
    public async Task MembersAndPower_AreThoseOfTheMoment(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var (alice, bob) = (await app.RegisterAsync("alice"), await app.RegisterAsync("bob"));
        var room = await alice.CreateRoomAsync();
        var alone = await alice.SendAsync(room, "alone");
        await bob.JoinAsync(room);
        var together = await bob.SendAsync(room, "together");
        await bob.LeaveAsync(room);
        var aloneAgain = await alice.SendAsync(room, "alone again");

        var rows = await ReadAsync(database, alone, together, aloneAgain);
        var joins = await database.UseAsync(context => context.Set<EventRow>()
            .Where(row => row.Sender == UserId.Parse(bob.UserId) && row.EventId != EventId.Parse(together))
            .OrderBy(row => row.Position).Select(row => row.MemberCount).ToListAsync());

        Assert.Equal([1, 2, 1], rows.Select(row => row.MemberCount));
        Assert.Equal([2, 1], joins);
        Assert.Equal([true, false, true], rows.Select(row => row.MayNotifyRoom));
    }

    private static async Task<List<string?>> ThreadsAsync(Database database, params string[] eventIds) =>
        [.. (await ReadAsync(database, eventIds)).Select(row => row.ThreadRoot?.Value)];

    private static async Task<List<EventRow>> ReadAsync(Database database, params string[] eventIds)
    {
        EventId[] wanted = [.. eventIds.Select(EventId.Parse)];
        var rows = await database.UseAsync(context =>
            context.Set<EventRow>().Where(row => wanted.Contains(row.EventId)).ToDictionaryAsync(row => row.EventId));
        return [.. wanted.Select(eventId => rows[eventId])];
    }
}
