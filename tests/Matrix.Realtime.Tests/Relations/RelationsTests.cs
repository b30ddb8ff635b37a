using System.Net;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Rooms;

namespace Matrix.Realtime.Tests.Relations;

/// <summary><c>/relations</c>: the events that relate to another.</summary>
public sealed class RelationsTests
{
    [Theory]
    [AllDatabases]
    public async Task Relations_ByKindAndType_ArePagedInEitherDirection(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        var other = await alice.CreateRoomAsync();
        var root = await alice.SendAsync(room, "root");
        var from = (string)(await alice.SyncAsync())["next_batch"]!;
        var reply = await alice.ReplyInThreadAsync(room, root, "reply");
        var reaction = await alice.ReactAsync(room, root, "+1");
        var edit = await alice.EditAsync(room, root, "edited");
        var reference = await alice.ReferAsync(room, root);
        await alice.ReferAsync(other, root);

        await CheckAsync("", reference, edit, reaction, reply);
        await CheckAsync("?dir=f", reply, reaction, edit, reference);
        await CheckAsync($"?dir=f&from={from}", reply, reaction, edit, reference);
        await CheckAsync($"?from={from}");
        await CheckAsync($"?dir=b&to={from}", reference, edit, reaction, reply);
        await CheckAsync("/m.thread", reply);
        await CheckAsync("/m.annotation", reaction);
        await CheckAsync("/m.annotation/m.reaction", reaction);
        await CheckAsync("/m.annotation/m.room.message");
        await CheckAsync("/m.replace/m.room.message?limit=1", edit);

        var first = await alice.GetRelationsAsync(room, root, "?limit=3").ExpectAsync();
        Assert.Equal([reference, edit, reaction], first["chunk"]!.Ids());
        Assert.Null(first["prev_batch"]);
        Assert.Null(first["recursion_depth"]);
        var second = await alice.GetRelationsAsync(room, root, $"?limit=3&from={first["next_batch"]}").ExpectAsync();
        Assert.Equal([reply], second["chunk"]!.Ids());
        Assert.Null(second["next_batch"]);
        Assert.NotNull(second["prev_batch"]);
        Assert.Equal(room, (string?)second["chunk"]![0]!["room_id"]);
        await alice.GetRelationsAsync(room, root, "?limit=-1").ExpectInvalidParamAsync();
        await alice.GetRelationsAsync(room, root, "?dir=x").ExpectInvalidParamAsync();
        await alice.GetRelationsAsync(room, root, "?from=x").ExpectInvalidParamAsync();
        await alice.GetRelationsAsync(room, root, "?recurse=x").ExpectInvalidParamAsync();

        async Task CheckAsync(string rest, params string[] expected)
        {
            var answer = await alice.GetRelationsAsync(room, root, rest).ExpectAsync();
            Assert.Equal(expected, answer["chunk"]!.Ids());
            Assert.Null(answer["next_batch"]);
        }
    }

    [Theory]
    [AllDatabases]
    public async Task Recursion_FollowsThreeRelations_UntilOneIsRedacted(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        var root = await alice.SendAsync(room, "root");
        var reply = await alice.ReplyInThreadAsync(room, root, "reply");
        var edit = await alice.EditAsync(room, reply, "edited");
        var third = await alice.ReferAsync(room, edit);
        var fourth = await alice.ReferAsync(room, third);
        var reaction = await alice.ReactAsync(room, reply, "+1");

        await CheckAsync("?recurse=true&dir=f", reply, edit, third, reaction);
        await CheckAsync("?recurse=true", reaction, third, edit, reply);
        await CheckAsync("?recurse=false", reply);
        await CheckAsync("/m.annotation?recurse=true", reaction);
        var answer = await alice.GetRelationsAsync(room, root, "?recurse=true&limit=2").ExpectAsync();
        Assert.Equal([reaction, third], answer["chunk"]!.Ids());
        Assert.Equal(3, (int?)answer["recursion_depth"]);
        Assert.Contains(fourth, (await alice.GetRelationsAsync(room, reply, "?recurse=true").ExpectAsync())["chunk"]!.Ids());

        await alice.RedactAsync(room, edit);
        await CheckAsync("?recurse=true&dir=f", reply, reaction);
        Assert.Equal([third, fourth], (await alice.GetRelationsAsync(room, edit, "?recurse=true&dir=f").ExpectAsync())["chunk"]!.Ids());
        await alice.RedactAsync(room, reply);
        await CheckAsync("?recurse=true&dir=f");

        async Task CheckAsync(string rest, params string[] expected) =>
            Assert.Equal(expected, (await alice.GetRelationsAsync(room, root, rest).ExpectAsync())["chunk"]!.Ids());
    }

    [Theory]
    [AllDatabases]
    public async Task Relations_ThatTheUserMayNotSee_AreLeftOut(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var carol = await app.RegisterAsync("carol");
        var room = await alice.CreateRoomAsync();
        await bob.JoinAsync(room);
        var root = await alice.SendAsync(room, "root");
        var seen = await alice.ReferAsync(room, root);
        await bob.LeaveAsync(room);
        var unseen = await alice.ReferAsync(room, root);

        Assert.Equal([seen], (await bob.GetRelationsAsync(room, root).ExpectAsync())["chunk"]!.Ids());
        Assert.Equal([unseen, seen], (await alice.GetRelationsAsync(room, root).ExpectAsync())["chunk"]!.Ids());
        await bob.GetRelationsAsync(room, unseen).ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
        await carol.GetRelationsAsync(room, root).ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
        await alice.GetRelationsAsync(room, "$unknown").ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");

        await bob.JoinAsync(room);
        await bob.ReactAsync(room, root, "+1");
        await alice.IgnoreAsync(bob);
        Assert.Equal([unseen, seen], (await alice.GetRelationsAsync(room, root).ExpectAsync())["chunk"]!.Ids());
    }
}
