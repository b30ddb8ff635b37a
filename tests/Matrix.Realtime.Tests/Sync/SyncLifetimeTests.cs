using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Sync;

public sealed class SyncLifetimeTests
{
    // SYN-16: a client that goes away leaves nothing waiting behind.
    [Theory]
    [AllDatabases]
    public async Task Sync_OfClientThatHangsUp_StopsWaiting(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind, new() { Listens = true });
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        var since = await alice.CatchUpAsync();
        using var hangUp = new CancellationTokenSource();

        var poll = alice.SyncAsync(since, SyncAnswerExtensions.Long, cancellationToken: hangUp.Token);
        var patient = alice.PollAsync(since, SyncAnswerExtensions.Long);
        await ground.Live.WaitForPollsAsync(alice, 2);
        await hangUp.CancelAsync();
        await ground.Live.WaitForPollsAsync(alice, 1);
        await alice.SendAsync(roomId, "still there");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll);
        Assert.Equal(["still there"], (await patient).Joined(roomId).Texts());
    }

    // SYN-6: nobody waits for a server that stops.
    [Theory]
    [AllDatabases]
    public async Task Sync_Waiting_IsAnsweredWhenServerStops(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind, new() { Listens = true });
        var alice = await ground.RegisterAsync("alice");
        var since = await alice.CatchUpAsync();

        var poll = alice.PollAsync(since, SyncAnswerExtensions.Long);
        await ground.Live.WaitForPollsAsync(alice);
        ground.Live.StopServer();
        var answer = await poll;
        var again = (await ground.RestartAsync(alice))[0];

        Assert.True(answer.IsQuiet());
        Assert.True((await again.PollAsync(answer.NextBatch())).IsQuiet());
    }

    // Design: a sync costs what changed, and a recent token costs no database.
    [Theory]
    [AllDatabases]
    public async Task Sync_WithRecentToken_ReadsNoDatabase(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await SyncGround.CreateSharedRoomAsync(alice, bob);
        var invited = await bob.CreateRoomAsync();
        var left = await SyncGround.CreateSharedRoomAsync(bob, alice);
        var filter = (string)(await alice.PostAsync(
            $"user/{alice.UserId}/filter", new JsonObject { ["room"] = new JsonObject() }).ExpectAsync())["filter_id"]!;
        await bob.CatchUpAsync();
        var since = await alice.CatchUpAsync(filter);
        await bob.SendAsync(roomId, "one");
        await bob.SetStateAsync(invited, "m.room.name", new JsonObject { ["name"] = "Tea" });
        await bob.InviteAsync(invited, alice);
        await alice.LeaveAsync(left);
        await bob.TypeAsync(roomId);
        await alice.SetAccountDataAsync("org.example.note", []);
        await alice.SetAccountDataAsync("org.example.note", [], roomId);

        var before = ground.Live.Commands;
        var answer = await alice.PollAsync(since, filter: filter);
        var quiet = await alice.PollAsync(answer.NextBatch(), filter: filter);

        Assert.Equal(before, ground.Live.Commands);
        Assert.Equal(["one"], answer.Joined(roomId).Texts());
        Assert.NotNull(answer.Invited(invited));
        Assert.NotNull(answer.Left(left));
        Assert.NotNull(answer.AccountData("org.example.note"));
        Assert.True(quiet.IsQuiet());
    }
}
