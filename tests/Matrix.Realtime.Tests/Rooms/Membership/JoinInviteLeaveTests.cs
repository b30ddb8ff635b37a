using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Rooms.Membership;

/// <summary>Coming in by the rules and going again; GEN-7.</summary>
public sealed class JoinInviteLeaveTests
{
    [Theory]
    [AllDatabases]
    public async Task Join_ByEitherPath_FollowsTheJoinRule(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var open = await alice.CreateRoomAsync();
        var closed = await alice.CreateRoomAsync(new JsonObject { ["preset"] = "private_chat" });

        foreach (var path in new[] { "join/{0}", "rooms/{0}/join" })
        {
            (await bob.PostAsync(PathOf(path, closed))).ExpectError(HttpStatusCode.Forbidden, "M_FORBIDDEN");
            (await bob.PostAsync(PathOf(path, "!unknown"))).ExpectError(HttpStatusCode.NotFound, "M_NOT_FOUND");
            Assert.Equal(open, (string?)(await bob.PostAsync(PathOf(path, open))).Expect(HttpStatusCode.OK)["room_id"]);
        }

        (await bob.PostAsync(PathOf("join/{0}", "#none:localhost"))).ExpectError(HttpStatusCode.NotFound, "M_NOT_FOUND");
        (await bob.PostAsync("join/nonsense")).ExpectError(HttpStatusCode.BadRequest, "M_INVALID_PARAM");
        Assert.Single(await bob.HistoryAsync(open), roomEvent => (string?)roomEvent["state_key"] == bob.UserId);

        await alice.InviteAsync(closed, bob);
        await bob.PostInRoomAsync(closed, "join", new JsonObject { ["reason"] = "tea" }).ExpectAsync();
        await bob.LeaveAsync(closed);
        await bob.PostInRoomAsync(closed, "join").ExpectForbiddenAsync();
        Assert.Contains(
            (await alice.HistoryAsync(closed)).Select(roomEvent => roomEvent["content"]!),
            content => (string?)content["membership"] == "join" && (string?)content["reason"] == "tea");

        static string PathOf(string path, string room) =>
            path.Replace("{0}", MatrixClient.Escape(room), StringComparison.Ordinal);
    }

    [Theory]
    [AllDatabases]
    public async Task Invite_OfAnybody_FollowsTheRules(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var carol = await app.RegisterAsync("carol");
        var room = await alice.CreateRoomAsync(new JsonObject { ["preset"] = "private_chat" });

        await InviteAsync(bob, carol.UserId).ExpectForbiddenAsync();
        await InviteAsync(alice, "@bob:elsewhere").ExpectForbiddenAsync();
        await InviteAsync(alice, "bob").ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");
        await InviteAsync(alice, "@b\0b:localhost").ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");
        await alice.PostInRoomAsync(room, "invite").ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");
        await alice.PostInRoomAsync("!unknown", "invite", new JsonObject { ["user_id"] = bob.UserId })
            .ExpectForbiddenAsync();

        await InviteAsync(alice, bob.UserId, "please").ExpectAsync();
        await InviteAsync(alice, bob.UserId).ExpectAsync();
        await InviteAsync(bob, carol.UserId).ExpectForbiddenAsync();
        await bob.JoinAsync(room);
        await InviteAsync(alice, bob.UserId).ExpectForbiddenAsync();
        await InviteAsync(bob, carol.UserId).ExpectAsync();

        var invites = (await alice.HistoryAsync(room))
            .Where(roomEvent => (string?)roomEvent["content"]!["membership"] == "invite").ToList();
        Assert.Equal([bob.UserId, carol.UserId], invites.Select(invite => (string?)invite["state_key"]));
        Assert.Equal("please", (string?)invites[0]["content"]!["reason"]);

        Task<MatrixResponse> InviteAsync(MatrixClient user, string target, string? reason = null)
        {
            JsonObject body = new() { ["user_id"] = target };
            if (reason is not null)
            {
                body["reason"] = reason;
            }

            return user.PostInRoomAsync(room, "invite", body);
        }
    }

    [Theory]
    [AllDatabases]
    public async Task Leave_OfRoomOrInvite_IsDoneOnce(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var room = await alice.CreateRoomAsync(new JsonObject { ["preset"] = "private_chat" });
        var path = $"rooms/{MatrixClient.Escape(room)}/leave";

        (await bob.PostAsync(path)).ExpectError(HttpStatusCode.Forbidden, "M_FORBIDDEN");
        (await bob.PostAsync("rooms/!unknown/leave")).ExpectError(HttpStatusCode.Forbidden, "M_FORBIDDEN");
        await alice.InviteAsync(room, bob);
        await bob.PostAsync(path, new JsonObject { ["reason"] = "no time" }).ExpectAsync();
        (await bob.PostAsync(path)).Expect(HttpStatusCode.OK);
        await bob.PostInRoomAsync(room, "join").ExpectForbiddenAsync();

        var leave = (await alice.HistoryAsync(room)).Last();
        Assert.Equal("""{"membership":"leave","reason":"no time"}""", leave["content"]!.ToJsonString());
        Assert.Equal(bob.UserId, (string?)leave["sender"]);
        (await alice.PostAsync(path)).Expect(HttpStatusCode.OK);
        await alice.PostInRoomAsync(room, "join").ExpectForbiddenAsync();
    }
}
