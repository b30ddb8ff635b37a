using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Sync;

namespace Matrix.Realtime.Tests.Rooms.Membership;

/// <summary>Invites and knocks that come to nothing, what is asked for twice, and reasons.</summary>
public sealed class MembershipEdgeTests
{
    [Theory]
    [AllDatabases]
    public async Task Reason_OfEveryCall_StandsInTheMemberEvent(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var (alice, bob) = (await app.RegisterAsync("alice"), await app.RegisterAsync("bob"));
        var room = await alice.CreateRoomAsync();
        await alice.SetStateAsync(room, "m.room.join_rules", new JsonObject { ["join_rule"] = "knock" });

        (MatrixClient Caller, string Call, string Membership)[] calls =
        [
            (bob, $"knock/{room}", "knock"),
            (alice, $"rooms/{room}/invite", "invite"),
            (bob, $"join/{room}", "join"),
            (bob, $"rooms/{room}/leave", "leave"),
            (alice, $"rooms/{room}/invite", "invite"),
            (bob, $"rooms/{room}/join", "join"),
            (alice, $"rooms/{room}/kick", "leave"),
            (alice, $"rooms/{room}/ban", "ban"),
            (alice, $"rooms/{room}/unban", "leave"),
        ];
        for (var number = 0; number < calls.Length; number++)
        {
            var (caller, call, membership) = calls[number];
            JsonObject body = new() { ["reason"] = $"reason {number}" };
            if (caller == alice)
            {
                body["user_id"] = bob.UserId;
            }

            await caller.PostAsync(call, body).ExpectAsync();

            var member = await alice.StateAsync(room, "m.room.member", bob.UserId);
            Assert.Equal((membership, $"reason {number}"), ((string?)member["membership"], (string?)member["reason"]));
        }

        await alice.PostAsync($"rooms/{room}/ban", new JsonObject { ["user_id"] = bob.UserId, ["reason"] = 5 })
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");
    }

    [Theory]
    [AllDatabases]
    public async Task Invite_Again_ChangesNothingButTheReason(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var (alice, bob) = (await app.RegisterAsync("alice"), await app.RegisterAsync("bob"));
        var room = await alice.CreateRoomAsync(
            new JsonObject { ["is_direct"] = true, ["invite"] = new JsonArray(bob.UserId) });
        var since = await bob.CatchUpAsync();

        await InviteAsync(alice, room, bob).ExpectAsync();
        Assert.True((await bob.PollAsync(since)).IsQuiet());
        await InviteAsync(alice, room, bob, "do come").ExpectAsync();
        await InviteAsync(alice, room, bob, "do come").ExpectAsync();

        var invites = (await alice.HistoryAsync(room))
            .Where(found => (string?)found["state_key"] == bob.UserId).Select(found => found["content"]!).ToList();
        Assert.Equal([null, "do come"], invites.Select(content => (string?)content["reason"]));
        Assert.All(invites, content => Assert.True((bool)content["is_direct"]!));
        var invited = (await bob.PollAsync(since)).Invited(room).InviteState().Of("m.room.member")[bob.UserId];
        Assert.Equal("do come", (string?)invited["content"]!["reason"]);
    }

    [Theory]
    [AllDatabases]
    public async Task Ban_Again_ChangesNothingButTheReason(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var (alice, bob) = (await app.RegisterAsync("alice"), await app.RegisterAsync("bob"));
        var room = await alice.CreateRoomAsync();

        foreach (var reason in new[] { "noise", "noise", "more noise" })
        {
            JsonObject body = new() { ["user_id"] = bob.UserId, ["reason"] = reason };
            await alice.PostInRoomAsync(room, "ban", body).ExpectAsync();
        }

        var bans = (await alice.HistoryAsync(room)).Where(found => (string?)found["state_key"] == bob.UserId);
        Assert.Equal(["noise", "more noise"], bans.Select(found => (string?)found["content"]!["reason"]));
        await InviteAsync(alice, room, bob).ExpectForbiddenAsync();
        await bob.PostInRoomAsync(room, "leave").ExpectForbiddenAsync();
        await alice.PostInRoomAsync(room, "kick", new() { ["user_id"] = bob.UserId }).ExpectForbiddenAsync();
    }

    [Theory]
    [AllDatabases("withdraw")]
    [AllDatabases("reject")]
    [AllDatabases("deny")]
    [AllDatabases("retract")]
    public async Task InviteOrKnock_ThatEnded_MustBeMadeAgain(DatabaseKind kind, string how)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var (alice, bob) = (await app.RegisterAsync("alice"), await app.RegisterAsync("bob"));
        var isKnock = how is "deny" or "retract";
        var room = await alice.CreateRoomAsync();
        await alice.SetStateAsync(
            room, "m.room.join_rules", new JsonObject { ["join_rule"] = isKnock ? "knock" : "invite" });
        await ComeNearAsync().ExpectAsync();
        await bob.PostInRoomAsync(room, "forget").ExpectErrorAsync(HttpStatusCode.BadRequest, "M_UNKNOWN");

        if (how is "withdraw" or "deny")
        {
            await alice.PostInRoomAsync(room, "kick", new() { ["user_id"] = bob.UserId }).ExpectAsync();
            await alice.PostInRoomAsync(room, "kick", new() { ["user_id"] = bob.UserId }).ExpectForbiddenAsync();
        }
        else
        {
            await bob.LeaveAsync(room);
            await bob.LeaveAsync(room);
        }

        await bob.PostInRoomAsync(room, "join").ExpectForbiddenAsync();
        await bob.PostInRoomAsync(room, "forget").ExpectAsync();
        await ComeNearAsync().ExpectAsync();
        Assert.NotNull((await bob.SyncAsync())["rooms"]![isKnock ? "knock" : "invite"]![room]);

        Task<MatrixResponse> ComeNearAsync() =>
            isKnock ? bob.PostAsync($"knock/{MatrixClient.Escape(room)}") : InviteAsync(alice, room, bob);
    }

    [Theory]
    [AllDatabases]
    public async Task Invite_Withdrawn_TakesThePowerToKick(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var (alice, bob, carol) = (
            await app.RegisterAsync("alice"), await app.RegisterAsync("bob"), await app.RegisterAsync("carol"));
        var room = await alice.CreateRoomAsync(new JsonObject { ["invite"] = new JsonArray(bob.UserId) });
        await bob.JoinAsync(room);
        await InviteAsync(bob, room, carol).ExpectAsync();

        await bob.PostInRoomAsync(room, "kick", new JsonObject { ["user_id"] = carol.UserId }).ExpectForbiddenAsync();
        await alice.SetMembershipAsync(room, carol, "leave");
        await carol.PostInRoomAsync(room, "join").ExpectForbiddenAsync();
    }

    [Theory]
    [AllDatabases]
    public async Task ThirdPartyInvite_InAnyForm_IsRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var (alice, bob) = (await app.RegisterAsync("alice"), await app.RegisterAsync("bob"));
        var room = await alice.CreateRoomAsync();

        await alice.PostInRoomAsync(room, "invite", new JsonObject
        {
            ["id_server"] = "id.example",
            ["id_access_token"] = "secret",
            ["medium"] = "email",
            ["address"] = "bob@example.org",
        }).ExpectErrorAsync(HttpStatusCode.Forbidden, "M_THREEPID_DENIED");
        await bob.PostInRoomAsync(room, "join", new JsonObject { ["third_party_signed"] = new JsonObject() })
            .ExpectForbiddenAsync();
        await bob.PostAsync($"join/{room}", new JsonObject { ["third_party_signed"] = new JsonObject() })
            .ExpectForbiddenAsync();

        Assert.DoesNotContain(await alice.HistoryAsync(room), found => (string?)found["state_key"] == bob.UserId);
        await bob.PostInRoomAsync(room, "join", new JsonObject { ["third_party_signed"] = null }).ExpectAsync();
    }

    private static Task<MatrixResponse> InviteAsync(
        MatrixClient inviter, string room, MatrixClient invited, string? reason = null)
    {
        JsonObject body = new() { ["user_id"] = invited.UserId };
        if (reason is not null)
        {
            body["reason"] = reason;
        }

        return inviter.PostInRoomAsync(room, "invite", body);
    }
}
