using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Sync;

/// <summary>Invites that the recipient is not to know of, and what becomes of them: SYN-55, SYN-81 to SYN-83.</summary>
public sealed class SyncHiddenInviteTests
{
    [Theory]
    [AllDatabases(false)]
    [AllDatabases(true)]
    public async Task Invite_OfAnotherPerson_IsDeliveredBesideHiddenOne(DatabaseKind kind, bool isOld)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var (alice, bob, carol, roomId) = await SetAsync(ground);
        await bob.IgnoreAsync(alice);
        var start = await bob.CatchUpAsync();
        await alice.InviteAsync(roomId, bob);
        var since = (await bob.PollAsync(start)).NextBatch();

        await carol.InviteAsync(roomId, bob);
        bob = isOld ? (await ground.RestartAsync(bob))[0] : bob;
        var answer = await bob.PollAsync(since);

        Assert.Equal(carol.UserId, Inviter(answer, roomId, bob));
        Assert.Equal(carol.UserId, Inviter(await bob.PollAsync(), roomId, bob));
        Assert.True((await bob.PollAsync(answer.NextBatch())).IsQuiet());
    }

    // Neither can the ignored person take another one's invite away by inviting again.
    [Theory]
    [AllDatabases]
    public async Task Invite_FollowedByHiddenOne_StaysThatOfTheOther(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var (alice, bob, carol, roomId) = await SetAsync(ground);
        await bob.IgnoreAsync(alice);
        await carol.InviteAsync(roomId, bob);
        var since = await bob.CatchUpAsync();

        await alice.InviteAsync(roomId, bob);
        var hidden = await bob.PollAsync(since);
        await alice.SetMembershipAsync(roomId, bob, "leave");

        Assert.True(hidden.IsQuiet());
        Assert.NotNull((await bob.PollAsync(hidden.NextBatch())).Left(roomId));
    }

    [Theory]
    [AllDatabases]
    public async Task Invite_FollowedByHiddenOne_IsInFirstSync(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var (alice, bob, carol, roomId) = await SetAsync(ground);
        await bob.IgnoreAsync(alice);
        await carol.InviteAsync(roomId, bob);
        await alice.InviteAsync(roomId, bob);

        Assert.Equal(carol.UserId, Inviter(await bob.PollAsync(), roomId, bob));
    }

    [Theory]
    [AllDatabases(false)]
    [AllDatabases(true)]
    public async Task HiddenInvite_Withdrawn_IsNotToldByTheLeave(DatabaseKind kind, bool byAnother)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var (alice, bob, carol, roomId) = await SetAsync(ground);
        await bob.IgnoreAsync(alice);
        var since = await bob.CatchUpAsync();
        await alice.InviteAsync(roomId, bob);
        var invited = await bob.PollAsync(since);

        await (byAnother ? carol : alice).SetMembershipAsync(roomId, bob, "leave");

        Assert.True((await bob.PollAsync(invited.NextBatch())).IsQuiet());
        Assert.True((await bob.PollAsync(since)).IsQuiet());
    }

    // SYN-58: whoever may have seen the invite is told that it is gone.
    [Theory]
    [AllDatabases("ignored after the invite")]
    [AllDatabases("no longer ignored")]
    [AllDatabases("ignored again")]
    [AllDatabases("rejected")]
    public async Task Invite_ThatMayHaveBeenSeen_IsToldToBeGone(DatabaseKind kind, string course)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var (alice, bob, _, roomId) = await SetAsync(ground);
        if (course != "ignored after the invite")
        {
            await bob.IgnoreAsync(alice);
        }

        await alice.InviteAsync(roomId, bob);
        if (course is "no longer ignored" or "ignored again")
        {
            await bob.IgnoreAsync();
        }

        var since = await bob.CatchUpAsync();
        if (course is "ignored after the invite" or "ignored again")
        {
            await bob.IgnoreAsync(alice);
        }

        await (course == "rejected" ? bob.LeaveAsync(roomId) : alice.SetMembershipAsync(roomId, bob, "leave"));

        Assert.NotNull((await bob.PollAsync(since)).Left(roomId));
    }

    // ACD-19: the room comes into being without those who take no invites, unless it was for them alone.
    [Theory]
    [AllDatabases("private_chat")]
    [AllDatabases("trusted_private_chat")]
    public async Task CreateRoom_SomeInviteesBlockInvites_InvitesTheOthers(DatabaseKind kind, string preset)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var (alice, bob, carol, _) = await SetAsync(ground);
        await BlockInvitesAsync(bob);
        var since = await bob.CatchUpAsync();

        var roomId = await alice.CreateRoomAsync(new JsonObject
        {
            ["preset"] = preset,
            ["is_direct"] = true,
            ["invite"] = new JsonArray(bob.UserId, carol.UserId),
        });

        var members = (await alice.PollAsync()).Joined(roomId) is { } room
            ? room.State().Concat(room.Timeline()).Of("m.room.member")
            : [];
        Assert.Equal([alice.UserId, carol.UserId], members.Keys.Order(StringComparer.Ordinal));
        Assert.True((bool)members[carol.UserId]["content"]!["is_direct"]!);
        Assert.Equal(alice.UserId, Inviter(await carol.PollAsync(), roomId, carol));
        Assert.True((await bob.PollAsync(since)).IsQuiet());
    }

    [Theory]
    [AllDatabases]
    public async Task CreateRoom_AllInviteesBlockInvites_LeavesNothingBehind(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var (alice, bob, carol, _) = await SetAsync(ground);
        foreach (var user in new[] { bob, carol })
        {
            await BlockInvitesAsync(user);
        }

        var before = await alice.GetAsync("joined_rooms").ExpectAsync();
        await alice.PostAsync("createRoom", new JsonObject { ["invite"] = new JsonArray(bob.UserId, carol.UserId) })
            .ExpectErrorAsync(HttpStatusCode.Forbidden, "M_INVITE_BLOCKED");

        Assert.True(JsonNode.DeepEquals(before, await alice.GetAsync("joined_rooms").ExpectAsync()));
    }

    // ACD-19: content that says nothing understandable blocks nothing.
    [Theory]
    [AllDatabases("{}")]
    [AllDatabases("""{"default_action":"allow"}""")]
    [AllDatabases("""{"default_action":["block"]}""")]
    [AllDatabases("""{"default_action":{"block":true},"x":[]}""")]
    public async Task InvitePermission_Malformed_BlocksNothing(DatabaseKind kind, string content)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var (alice, bob, _, roomId) = await SetAsync(ground);
        await bob.SetAccountDataAsync("m.invite_permission_config", JsonNode.Parse(content)!.AsObject());

        await alice.InviteAsync(roomId, bob);

        Assert.Equal(alice.UserId, Inviter(await bob.PollAsync(), roomId, bob));
    }

    /// <summary>A room of Alice's where Carol may invite and kick as well, and Bob is not.</summary>
    private static async Task<(MatrixClient Alice, MatrixClient Bob, MatrixClient Carol, string RoomId)> SetAsync(
        SyncGround ground)
    {
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var carol = await ground.RegisterAsync("carol");
        var roomId = await alice.CreateRoomAsync(new JsonObject
        {
            ["preset"] = "public_chat",
            ["power_level_content_override"] = new JsonObject
            {
                ["users"] = new JsonObject { [carol.UserId] = 50 },
            },
        });
        await carol.JoinAsync(roomId);
        return (alice, bob, carol, roomId);
    }

    private static Task BlockInvitesAsync(MatrixClient user) => user.SetAccountDataAsync(
        "m.invite_permission_config", new JsonObject { ["default_action"] = "block" });

    private static string? Inviter(JsonObject sync, string roomId, MatrixClient invited) =>
        (string?)sync.Invited(roomId).InviteState().Of("m.room.member").GetValueOrDefault(invited.UserId)?["sender"];
}
