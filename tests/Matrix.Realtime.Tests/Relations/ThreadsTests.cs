using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Rooms;

namespace Matrix.Realtime.Tests.Relations;

/// <summary><c>/threads</c>: the threads of a room.</summary>
public sealed class ThreadsTests
{
    [Theory]
    [AllDatabases]
    public async Task Threads_AreOrderedByTheirLastReply(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var carol = await app.RegisterAsync("carol");
        var room = await alice.CreateRoomAsync();
        await bob.JoinAsync(room);
        await carol.JoinAsync(room);
        var first = await alice.SendAsync(room, "first");
        var second = await alice.SendAsync(room, "second");
        var third = await bob.SendAsync(room, "third");
        await alice.SendAsync(room, "no root");
        var early = await alice.ReplyInThreadAsync(room, first, "a");
        var only = await alice.ReplyInThreadAsync(room, second, "b");
        await bob.ReplyInThreadAsync(room, first, "c");
        var last = await alice.ReplyInThreadAsync(room, third, "d");

        Assert.Equal([third, first, second], await IdsAsync(alice));
        Assert.Equal([third, first, second], await IdsAsync(alice, "?include=participated"));
        Assert.Equal([third, first], await IdsAsync(bob, "?include=participated"));
        Assert.Empty(await IdsAsync(carol, "?include=participated"));

        var page = await carol.GetThreadsAsync(room, "?limit=2").ExpectAsync();
        Assert.Equal([third, first], page["chunk"]!.Ids());
        var rest = await carol.GetThreadsAsync(room, $"?limit=2&from={page["next_batch"]}").ExpectAsync();
        Assert.Equal([second], rest["chunk"]!.Ids());
        Assert.Null(rest["next_batch"]);
        var thread = page["chunk"]![1]!.Bundle()["m.thread"]!;
        Assert.Equal(2, (int?)thread["count"]);
        Assert.Equal("c", (string?)thread["latest_event"]!["content"]!["body"]);

        // Without its last reply a thread goes back to where it was, or away.
        await alice.RedactAsync(room, last);
        Assert.Equal([first, second], await IdsAsync(alice));
        var fifth = await bob.ReplyInThreadAsync(room, second, "e");
        Assert.Equal([second, first], await IdsAsync(alice));
        await alice.RedactAsync(room, early);
        Assert.Equal([second, first], await IdsAsync(alice));
        await bob.RedactAsync(room, fifth);
        Assert.Equal([first, second], await IdsAsync(alice));
        await alice.RedactAsync(room, only);
        Assert.Equal([first], await IdsAsync(alice));

        foreach (var query in new[] { "?from=x", "?include=some", "?limit=0", "?limit=x" })
        {
            await alice.GetThreadsAsync(room, query).ExpectInvalidParamAsync();
        }

        var eve = await app.RegisterAsync("eve");
        await eve.GetThreadsAsync(room).ExpectForbiddenAsync();

        async Task<List<string>> IdsAsync(MatrixClient reader, string query = "") =>
            (await reader.GetThreadsAsync(room, query).ExpectAsync())["chunk"]!.Ids();
    }

    [Theory]
    [AllDatabases]
    public async Task Threads_OfIgnoredUsers_AreListedWithoutWhatTheySaid(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var room = await alice.CreateRoomAsync();
        await bob.JoinAsync(room);
        var shared = await bob.SendAsync(room, "secret");
        await bob.EditAsync(room, shared, "secret");
        await alice.ReplyInThreadAsync(room, shared, "alice's");
        await bob.ReplyInThreadAsync(room, shared, "secret");
        var own = await alice.SendAsync(room, "root");
        await bob.ReplyInThreadAsync(room, own, "secret");
        await alice.IgnoreAsync(bob);

        var chunk = (await alice.GetThreadsAsync(room).ExpectAsync())["chunk"]!.AsArray();

        var thread = Assert.Single(chunk)!;
        Assert.Equal(shared, (string?)thread["event_id"]);
        Assert.Empty(thread["content"]!.AsObject());
        Assert.Equal(1, (int?)thread.Bundle()["m.thread"]!["count"]);
        Assert.DoesNotContain("secret", chunk.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal([own, shared], (await bob.GetThreadsAsync(room).ExpectAsync())["chunk"]!.Ids());
    }

    [Theory]
    [AllDatabases]
    public async Task Threads_ThatTheUserMayNotSee_AreLeftOut(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var room = await alice.CreateRoomAsync();
        await bob.JoinAsync(room);
        var seen = await alice.SendAsync(room, "seen");
        var never = await alice.SendAsync(room, "no thread yet");
        await alice.ReplyInThreadAsync(room, seen, "a");
        var other = await alice.SendAsync(room, "seen, too");
        await alice.ReplyInThreadAsync(room, other, "a");
        await bob.LeaveAsync(room);
        var unseen = await alice.SendAsync(room, "unseen");
        await alice.ReplyInThreadAsync(room, seen, "b");
        await alice.ReplyInThreadAsync(room, never, "c");
        await alice.ReplyInThreadAsync(room, unseen, "d");

        var chunk = (await bob.GetThreadsAsync(room).ExpectAsync())["chunk"]!.AsArray();

        Assert.Equal([other, seen], chunk.Ids());
        Assert.All(chunk, thread => Assert.Equal(1, (int?)thread!.Bundle()["m.thread"]!["count"]));
        Assert.Equal([unseen, never, seen, other], (await alice.GetThreadsAsync(room).ExpectAsync())["chunk"]!.Ids());
    }
}
