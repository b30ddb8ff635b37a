using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Rooms.Membership;

/// <summary>Section 17: kick, ban, unban, knock and forget; SYN-53 and SYN-56 to SYN-58 for what they show.</summary>
public sealed class MembershipActionsTests
{
    [Theory]
    [AllDatabases]
    public async Task Kick_OfMember_MakesThemLeaveWithTheReason(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var (alice, bob, room) = await TwoInARoomAsync(app);
        var since = (string)(await bob.SyncAsync())["next_batch"]!;

        await ActAsync(alice, room, "kick", bob, "noise").ExpectAsync();

        var left = (await bob.SyncAsync(since))["rooms"]!["leave"]![room]!["timeline"]!["events"]!.AsArray();
        var leave = Assert.Single(left)!;
        Assert.Equal(alice.UserId, (string?)leave["sender"]);
        Assert.Equal("""{"membership":"leave","reason":"noise"}""", leave["content"]!.ToJsonString());
        await ActAsync(alice, room, "kick", bob).ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
    }

    [Theory]
    [AllDatabases]
    public async Task Kick_WithoutPowerOrFromOutside_IsForbidden(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var (alice, bob, room) = await TwoInARoomAsync(app);
        var carol = await app.RegisterAsync("carol");

        foreach (var action in new[] { "kick", "ban", "unban" })
        {
            await ActAsync(bob, room, action, alice).ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
            await ActAsync(carol, room, action, bob).ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
            await ActAsync(carol, "!unknown:localhost", action, bob).ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
            await alice.PostAsync($"rooms/{MatrixClient.Escape(room)}/{action}", new JsonObject())
                .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");
        }
    }

    [Theory]
    [AllDatabases]
    public async Task Ban_UntilUnban_KeepsTheUserOut(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var (alice, bob, room) = await TwoInARoomAsync(app);
        await ActAsync(alice, room, "unban", bob).ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");

        await ActAsync(alice, room, "ban", bob).ExpectAsync();
        await ActAsync(alice, room, "ban", bob).ExpectAsync();
        await JoinResultAsync(bob, room, HttpStatusCode.Forbidden);
        await ActAsync(alice, room, "invite", bob).ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
        await bob.PostAsync($"rooms/{MatrixClient.Escape(room)}/leave", new JsonObject())
            .ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");

        await ActAsync(alice, room, "unban", bob).ExpectAsync();
        await JoinResultAsync(bob, room, HttpStatusCode.OK);
    }

    [Theory]
    [AllDatabases]
    public async Task Ban_OfStranger_ShowsThemTheBanAndNothingElse(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var (alice, _, room) = await TwoInARoomAsync(app);
        var carol = await app.RegisterAsync("carol");
        var since = (string)(await carol.SyncAsync())["next_batch"]!;

        await ActAsync(alice, room, "ban", carol).ExpectAsync();
        await alice.SendAsync(room, "after");

        var banned = (await carol.SyncAsync(since))["rooms"]!["leave"]![room]!;
        Assert.Equal("ban", (string?)Assert.Single(banned["timeline"]!["events"]!.AsArray())!["content"]!["membership"]);
        Assert.Empty(banned["state"]!["events"]!.AsArray());
    }

    [Theory]
    [AllDatabases]
    public async Task Knock_WhereItIsAllowed_IsSeenByBothSidesAndCanBeAnswered(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var room = await alice.CreateRoomAsync(new JsonObject { ["preset"] = "private_chat", ["name"] = "Club" });
        await KnockAsync(bob, room).ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
        await KnockAsync(bob, "!unknown:localhost").ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
        await alice.SetStateAsync(room, "m.room.join_rules", new JsonObject { ["join_rule"] = "knock" });
        var since = (string)(await bob.SyncAsync())["next_batch"]!;

        Assert.Equal(room, (string?)(await KnockAsync(bob, room).ExpectAsync())["room_id"]);

        var sync = await bob.SyncAsync(since);
        var stripped = sync["rooms"]!["knock"]![room]!["knock_state"]!["events"]!.AsArray();
        Assert.Contains(stripped, state => (string?)state!["content"]!["name"] == "Club");
        Assert.Contains(stripped, state => (string?)state!["content"]!["membership"] == "knock");
        Assert.All(stripped, state => Assert.Equal(4, state!.AsObject().Count));
        await alice.InviteAsync(room, bob);
        var answered = await bob.SyncAsync((string)sync["next_batch"]!);
        Assert.NotNull(answered["rooms"]!["invite"]![room]);
        Assert.Null(answered["rooms"]!["knock"]);
        await JoinResultAsync(bob, room, HttpStatusCode.OK);
    }

    [Theory]
    [AllDatabases]
    public async Task Forget_OfLeftRoom_HidesItUntilThereIsNewsOfTheUser(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var (alice, bob, room) = await TwoInARoomAsync(app);
        const string IncludeLeave = """{"room":{"include_leave":true}}""";
        await ForgetAsync(bob, room).ExpectErrorAsync(HttpStatusCode.BadRequest, "M_UNKNOWN");
        await ForgetAsync(bob, "!unknown:localhost").ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");

        await bob.LeaveAsync(room);
        Assert.NotNull((await bob.SyncAsync(filter: IncludeLeave))["rooms"]!["leave"]![room]);
        await ForgetAsync(bob, room).ExpectAsync();
        await ForgetAsync(bob, room).ExpectAsync();

        await using var again = await app.RestartAsync();
        var returned = again.WithToken(bob.AccessToken);
        Assert.Null((await returned.SyncAsync(filter: IncludeLeave))["rooms"]!["leave"]);
        await returned.GetAsync($"rooms/{MatrixClient.Escape(room)}/messages?dir=b")
            .ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
        await again.WithToken(alice.AccessToken).InviteAsync(room, bob);
        Assert.NotNull((await returned.SyncAsync())["rooms"]!["invite"]![room]);
    }

    private static async Task<(MatrixClient Alice, MatrixClient Bob, string Room)> TwoInARoomAsync(RealtimeApplication app)
    {
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var room = await alice.CreateRoomAsync();
        await bob.JoinAsync(room);
        return (alice, bob, room);
    }

    private static Task<MatrixResponse> ActAsync(
        MatrixClient actor, string room, string action, MatrixClient target, string? reason = null)
    {
        JsonObject body = new() { ["user_id"] = target.UserId };
        if (reason is not null)
        {
            body["reason"] = reason;
        }

        return actor.PostAsync($"rooms/{MatrixClient.Escape(room)}/{action}", body);
    }

    private static Task<MatrixResponse> KnockAsync(MatrixClient user, string room) =>
        user.PostAsync($"knock/{MatrixClient.Escape(room)}", new JsonObject { ["reason"] = "let me in" });

    private static Task<MatrixResponse> ForgetAsync(MatrixClient user, string room) =>
        user.PostAsync($"rooms/{MatrixClient.Escape(room)}/forget");

    private static async Task JoinResultAsync(MatrixClient user, string room, HttpStatusCode status) =>
        (await user.PostAsync($"rooms/{MatrixClient.Escape(room)}/join")).Expect(status);
}
