using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Rooms.Membership;

/// <summary>Rooms that the members of other rooms may join, with and without knocking.</summary>
public sealed class RestrictedJoinTests
{
    private const string Via = "join_authorised_via_users_server";

    [Theory]
    [AllDatabases("restricted", "10")]
    [AllDatabases("restricted", "12")]
    [AllDatabases("knock_restricted", "11")]
    public async Task Join_ByMemberOfAllowedRoom_IsVouchedFor(DatabaseKind kind, string joinRule, string version)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var (alice, bob) = (await app.RegisterAsync("alice"), await app.RegisterAsync("bob"));
        var allowed = await alice.CreateRoomAsync();
        var room = await CreateAsync(alice, version, joinRule, allowed);

        await JoinAsync(bob, room).ExpectForbiddenAsync();
        await bob.JoinAsync(allowed);
        Assert.Equal(room, (string?)(await JoinAsync(bob, room, "tea").ExpectAsync())["room_id"]);

        var member = await bob.StateAsync(room, "m.room.member", bob.UserId);
        Assert.Equal((alice.UserId, "tea"), ((string?)member[Via], (string?)member["reason"]));

        // The conditions are for coming in only: a member may leave the other room, and be renamed.
        await bob.LeaveAsync(allowed);
        JsonObject name = new() { ["displayname"] = "Bob" };
        await bob.PutAsync($"profile/{bob.UserId}/displayname", name).ExpectAsync();
        await JoinAsync(bob, room).ExpectAsync();
        member = await bob.StateAsync(room, "m.room.member", bob.UserId);
        Assert.Equal(("Bob", null), ((string?)member["displayname"], (string?)member[Via]));
        await bob.LeaveAsync(room);
        await JoinAsync(bob, room).ExpectForbiddenAsync();
    }

    [Theory]
    [AllDatabases]
    public async Task Join_OfInvitedOrBanned_DoesNotDependOnConditions(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var (alice, bob) = (await app.RegisterAsync("alice"), await app.RegisterAsync("bob"));
        var allowed = await alice.CreateRoomAsync();
        var room = await CreateAsync(alice, "12", "restricted", allowed);

        await alice.InviteAsync(room, bob);
        await bob.JoinAsync(room);
        Assert.Null((await bob.StateAsync(room, "m.room.member", bob.UserId))[Via]);

        await bob.JoinAsync(allowed);
        await alice.SetMembershipAsync(room, bob, "ban");
        await JoinAsync(bob, room).ExpectForbiddenAsync();
    }

    [Theory]
    [AllDatabases]
    public async Task Knock_InRestrictedRoom_NeedsKnockRestricted(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var (alice, bob) = (await app.RegisterAsync("alice"), await app.RegisterAsync("bob"));
        var allowed = await alice.CreateRoomAsync();
        var restricted = await CreateAsync(alice, "12", "restricted", allowed);
        var open = await CreateAsync(alice, "12", "knock_restricted", allowed);

        await bob.PostAsync($"knock/{restricted}").ExpectForbiddenAsync();
        await bob.PostAsync($"knock/{open}").ExpectAsync();
        await JoinAsync(bob, open).ExpectForbiddenAsync();

        // Whoever has knocked and meets a condition by now need not wait for the answer.
        await bob.JoinAsync(allowed);
        await bob.JoinAsync(open);
        Assert.Equal(alice.UserId, (string?)(await bob.StateAsync(open, "m.room.member", bob.UserId))[Via]);
    }

    [Theory]
    [AllDatabases]
    public async Task Join_ByMemberEventOfClient_IsCheckedAllTheSame(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var (alice, bob) = (await app.RegisterAsync("alice"), await app.RegisterAsync("bob"));
        var allowed = await alice.CreateRoomAsync();
        var room = await CreateAsync(alice, "12", "restricted", allowed);
        var closed = await CreateAsync(alice, "12", "invite", allowed);

        await PutJoinAsync(bob, room, alice.UserId).ExpectForbiddenAsync();
        await bob.JoinAsync(allowed);
        await PutJoinAsync(bob, closed, alice.UserId).ExpectForbiddenAsync();
        await PutJoinAsync(bob, room, "@nobody:elsewhere").ExpectAsync();
        Assert.Equal(alice.UserId, (string?)(await bob.StateAsync(room, "m.room.member", bob.UserId))[Via]);

        await alice.SetStateAsync(closed, "m.room.join_rules", new JsonObject { ["join_rule"] = "public" });
        await PutJoinAsync(bob, closed, alice.UserId).ExpectAsync();
        Assert.Null((await bob.StateAsync(closed, "m.room.member", bob.UserId))[Via]);

        static Task<MatrixResponse> PutJoinAsync(MatrixClient user, string room, string via) => user.PutInRoomAsync(
            room, $"state/m.room.member/{user.UserId}", new JsonObject { ["membership"] = "join", [Via] = via });
    }

    [Theory]
    [AllDatabases]
    public async Task Join_NobodyToVouch_CannotBeGranted(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var (alice, bob, carol) = (
            await app.RegisterAsync("alice"), await app.RegisterAsync("bob"), await app.RegisterAsync("carol"));
        var allowed = await alice.CreateRoomAsync();
        await bob.JoinAsync(allowed);
        await carol.JoinAsync(allowed);
        var room = await CreateAsync(alice, "12", "restricted", allowed);
        var levels = await alice.StateAsync(room, "m.room.power_levels");
        await bob.JoinAsync(room);
        await alice.LeaveAsync(room);

        // Everybody may invite: any member will do.
        await carol.JoinAsync(room);
        Assert.Equal(bob.UserId, (string?)(await carol.StateAsync(room, "m.room.member", carol.UserId))[Via]);

        await carol.LeaveAsync(room);
        await alice.JoinAsync(room);
        levels["invite"] = 1;
        await alice.SetStateAsync(room, "m.room.power_levels", levels);
        await alice.LeaveAsync(room);
        await JoinAsync(carol, room).ExpectErrorAsync(HttpStatusCode.BadRequest, "M_UNABLE_TO_GRANT_JOIN");
    }

    [Theory]
    [AllDatabases("""[]""", 403, "M_FORBIDDEN")]
    [AllDatabases("""{}""", 403, "M_FORBIDDEN")]
    [AllDatabases("""null""", 403, "M_FORBIDDEN")]
    [AllDatabases("""["m.room_membership"]""", 403, "M_FORBIDDEN")]
    [AllDatabases("""[{"type":"m.room_membership"}]""", 403, "M_FORBIDDEN")]
    [AllDatabases("""[{"type":"m.room_membership","room_id":"nonsense"}]""", 403, "M_FORBIDDEN")]
    [AllDatabases("""[{"type":"com.example","room_id":"!allowed"}]""", 403, "M_FORBIDDEN")]
    [AllDatabases("""[{"type":"m.room_membership","room_id":"!elsewhere:x"}]""", 400, "M_UNABLE_TO_AUTHORISE_JOIN")]
    [AllDatabases("""[7,{"type":"m.room_membership","room_id":"!allowed"}]""", 200, null)]
    public async Task Join_ByCondition_IsDecided(DatabaseKind kind, string allow, int status, string? errorCode)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var (alice, bob) = (await app.RegisterAsync("alice"), await app.RegisterAsync("bob"));
        var allowed = await alice.CreateRoomAsync();
        var room = await alice.CreateRoomAsync();
        await alice.SetStateAsync(room, "m.room.join_rules", new JsonObject
        {
            ["join_rule"] = "restricted",
            ["allow"] = JsonNode.Parse(allow.Replace("!allowed", allowed, StringComparison.Ordinal)),
        });
        await bob.JoinAsync(allowed);

        var answer = await JoinAsync(bob, room);

        Assert.Equal((status, errorCode), ((int)answer.Status, (string?)answer.Json["errcode"]));
    }

    private static Task<MatrixResponse> JoinAsync(MatrixClient user, string room, string? reason = null) =>
        user.PostInRoomAsync(room, "join", reason is null ? [] : new JsonObject { ["reason"] = reason });

    private static Task<string> CreateAsync(MatrixClient owner, string version, string joinRule, string allowed) =>
        owner.CreateRoomAsync(new JsonObject
        {
            ["preset"] = "private_chat",
            ["room_version"] = version,
            ["initial_state"] = new JsonArray(new JsonObject
            {
                ["type"] = "m.room.join_rules",
                ["content"] = new JsonObject
                {
                    ["join_rule"] = joinRule,
                    ["allow"] = new JsonArray(
                        new JsonObject { ["type"] = "m.room_membership", ["room_id"] = allowed }),
                },
            }),
        });
}
