using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Sync;

public sealed class SyncInviteTests
{
    // SYN-51, SYN-52, SYN-54
    [Theory]
    [AllDatabases]
    public async Task Invite_IsDeliveredOnceWithStrippedState(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var since = await bob.CatchUpAsync();
        var roomId = await alice.CreateRoomAsync(new JsonObject
        {
            ["name"] = "Tea",
            ["topic"] = "At six",
            ["is_direct"] = true,
            ["invite"] = new JsonArray(bob.UserId),
        });
        await alice.SendAsync(roomId, "not for guests");

        var arrived = await bob.PollAsync(since);
        var afterwards = await bob.PollAsync(arrived.NextBatch());
        var fresh = await bob.PollAsync();
        var full = await bob.PollAsync(arrived.NextBatch(), fullState: true);

        foreach (var state in new[] { arrived, fresh, full }.Select(answer => answer.Invited(roomId).InviteState()))
        {
            Assert.Contains("m.room.create", state.Types());
            Assert.Contains("m.room.join_rules", state.Types());
            Assert.Equal("Tea", (string)state.Of("m.room.name")[""]["content"]!["name"]!);
            Assert.Equal("At six", (string)state.Of("m.room.topic")[""]["content"]!["topic"]!);
            var members = state.Of("m.room.member");
            Assert.Equal("invite", (string)members[bob.UserId]["content"]!["membership"]!);
            Assert.Equal(alice.UserId, (string)members[bob.UserId]["sender"]!);
            Assert.True((bool)members[bob.UserId]["content"]!["is_direct"]!);
            Assert.Equal("join", (string)members[alice.UserId]["content"]!["membership"]!);
        }

        Assert.True(afterwards.IsQuiet());
        Assert.Null(arrived["rooms"]!["join"]);
    }

    // SYN-27, SYN-54, SYN-60
    [Theory]
    [AllDatabases]
    public async Task Invite_Accepted_MovesRoomToJoined(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await alice.CreateRoomAsync();
        await alice.InviteAsync(roomId, bob);
        var since = await bob.CatchUpAsync();

        await bob.JoinAsync(roomId);
        var answer = await bob.PollAsync(since);

        Assert.Null(answer.Invited(roomId));
        Assert.Contains("m.room.create", answer.Joined(roomId).Timeline().Concat(answer.Joined(roomId).State()).Types());
    }

    // SYN-54, SYN-58: each invite after a refusal is an invite of its own.
    [Theory]
    [AllDatabases]
    public async Task Invite_AfterRefusal_IsDeliveredAgain(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await alice.CreateRoomAsync();
        await alice.InviteAsync(roomId, bob);
        var since = await bob.CatchUpAsync();
        await bob.LeaveAsync(roomId);
        var refused = await bob.PollAsync(since);
        await alice.InviteAsync(roomId, bob);

        Assert.NotNull(refused.Left(roomId));
        Assert.NotNull((await bob.PollAsync(refused.NextBatch())).Invited(roomId));
    }

    // SYN-55, SYN-81, SYN-83
    [Theory]
    [AllDatabases]
    public async Task Invite_FromIgnoredUser_IsNeverDelivered(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var carol = await ground.RegisterAsync("carol");
        await bob.SetAccountDataAsync("m.ignored_user_list", Ignoring(alice));
        var since = await bob.CatchUpAsync();

        var poll = bob.PollAsync(since, SyncAnswerExtensions.Long);
        await ground.Live.WaitForPollsAsync(bob);
        var unwanted = await alice.CreateRoomAsync();
        await alice.InviteAsync(unwanted, bob);
        var wanted = await carol.CreateRoomAsync();
        await carol.InviteAsync(wanted, bob);

        var incremental = await poll;
        foreach (var answer in new[] { incremental, await bob.PollAsync(), await bob.PollAsync(since, fullState: true) })
        {
            Assert.Null(answer.Invited(unwanted));
            Assert.NotNull(answer.Invited(wanted));
        }

        await bob.SetAccountDataAsync("m.ignored_user_list", new JsonObject { ["ignored_users"] = new JsonObject() });
        Assert.Null((await bob.PollAsync(incremental.NextBatch())).Invited(unwanted));
        Assert.NotNull((await bob.PollAsync()).Invited(unwanted));
    }

    // SYN-55, ACD-19
    [Theory]
    [AllDatabases]
    public async Task Invite_OfUserWhoBlocksInvites_IsRefusedAndStoredOnesAreHidden(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var before = await alice.CreateRoomAsync();
        await alice.InviteAsync(before, bob);
        await bob.SetAccountDataAsync("m.invite_permission_config", new JsonObject { ["default_action"] = "block" });
        var roomId = await alice.CreateRoomAsync();

        await alice.PostAsync($"rooms/{roomId}/invite", new JsonObject { ["user_id"] = bob.UserId })
            .ExpectErrorAsync(HttpStatusCode.Forbidden, "M_INVITE_BLOCKED");
        await alice.PutAsync(
            $"rooms/{roomId}/state/m.room.member/{bob.UserId}", new JsonObject { ["membership"] = "invite" })
            .ExpectErrorAsync(HttpStatusCode.Forbidden, "M_INVITE_BLOCKED");
        await alice.PostAsync("createRoom", new JsonObject { ["invite"] = new JsonArray(bob.UserId) })
            .ExpectErrorAsync(HttpStatusCode.Forbidden, "M_INVITE_BLOCKED");
        var hidden = await bob.PollAsync();
        await bob.SetAccountDataAsync("m.invite_permission_config", new JsonObject { ["default_action"] = 1 });
        await alice.InviteAsync(roomId, bob);

        Assert.Null(hidden["rooms"]!["invite"]);
        Assert.NotNull((await bob.PollAsync(hidden.NextBatch())).Invited(roomId));
        Assert.NotNull((await bob.PollAsync()).Invited(before));
    }

    private static JsonObject Ignoring(MatrixClient user) =>
        new() { ["ignored_users"] = new JsonObject { [user.UserId] = new JsonObject() } };
}
