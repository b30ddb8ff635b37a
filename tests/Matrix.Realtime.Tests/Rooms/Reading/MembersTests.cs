using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Rooms.Reading;

/// <summary>Members now and then, joined members and joined rooms.</summary>
public sealed class MembersTests
{
    [Theory]
    [AllDatabases]
    public async Task Members_ByMembershipAndTime_AreThoseAskedFor(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var carol = await app.RegisterAsync("carol");
        var room = await alice.CreateRoomAsync();
        await bob.JoinAsync(room);
        await carol.CreateRoomAsync();
        var then = (string)(await alice.SyncAsync())["next_batch"]!;
        await bob.LeaveAsync(room);
        await alice.InviteAsync(room, carol);

        Assert.Equal("@alice:localhost join, @bob:localhost leave, @carol:localhost invite", await MembersAsync(""));
        Assert.Equal("@alice:localhost join, @bob:localhost join", await MembersAsync($"at={then}"));
        Assert.Equal("@alice:localhost join", await MembersAsync("membership=join"));
        Assert.Equal("@alice:localhost join, @carol:localhost invite", await MembersAsync("not_membership=leave"));
        Assert.Equal(
            "@alice:localhost join, @carol:localhost invite", await MembersAsync("membership=join&not_membership=leave"));
        Assert.Equal("", await MembersAsync("membership=ban"));
        Assert.Equal("", await MembersAsync($"at={then}&not_membership=join"));
        foreach (var query in new[] { "membership=guest", "not_membership=", "at=yesterday" })
        {
            await alice.GetInRoomAsync(room, $"members?{query}").ExpectInvalidParamAsync();
        }

        async Task<string> MembersAsync(string query) => string.Join(", ",
            (await alice.GetInRoomAsync(room, $"members?{query}").ExpectAsync())["chunk"]!.AsArray()
            .Select(member => $"{member!["state_key"]} {member["content"]!["membership"]}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [AllDatabases]
    public async Task Members_AtATimeThatTheUserMayNotSee_AreForbidden(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var room = await alice.CreateRoomAsync();
        await alice.SetVisibilityAsync(room, "joined").ExpectAsync();
        await alice.SendAsync(room, "hidden");
        var before = (string)(await bob.SyncAsync())["next_batch"]!;
        await bob.JoinAsync(room);
        await alice.CreateRoomAsync();
        var after = (string)(await bob.SyncAsync())["next_batch"]!;

        await bob.GetInRoomAsync(room, $"members?at={before}").ExpectForbiddenAsync();
        await bob.GetInRoomAsync(room, $"members?at={after}").ExpectAsync();
        await alice.GetInRoomAsync(room, $"members?at={before}").ExpectAsync();
    }

    [Theory]
    [AllDatabases]
    public async Task JoinedMembersAndRooms_FollowMembership(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        await alice.PutAsync($"profile/{alice.UserId}/displayname", new JsonObject { ["displayname"] = "A\"lice" })
            .ExpectAsync();
        var room = await alice.CreateRoomAsync();

        await bob.GetInRoomAsync(room, "joined_members").ExpectForbiddenAsync();
        Assert.Empty(await RoomsOfBobAsync());
        await alice.InviteAsync(room, bob);
        Assert.Empty(await RoomsOfBobAsync());
        await bob.JoinAsync(room);
        Assert.Equal([room], await RoomsOfBobAsync());
        var joined = (await bob.GetInRoomAsync(room, "joined_members").ExpectAsync())["joined"]!.AsObject();
        Assert.Equal([alice.UserId, bob.UserId], joined.Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal("A\"lice", (string?)joined[alice.UserId]!["display_name"]);
        await bob.LeaveAsync(room);
        Assert.Empty(await RoomsOfBobAsync());

        async Task<IEnumerable<string?>> RoomsOfBobAsync() =>
            (await bob.GetAsync("joined_rooms").ExpectAsync())["joined_rooms"]!.AsArray().Select(id => (string?)id);
    }
}
