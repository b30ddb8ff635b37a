using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.RoomDirectory;
using Matrix.Realtime.Tests.Rooms;

namespace Matrix.Realtime.Tests.Spaces;

/// <summary>What <c>/room_summary</c> tells of a room, and to whom.</summary>
public sealed class RoomSummaryTests
{
    [Theory]
    [AllDatabases]
    public async Task Summary_OfPublicRoom_IsToldToAnybodyByIdOrAlias(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync(new()
        {
            ["preset"] = "public_chat",
            ["room_version"] = "11",
            ["room_alias_name"] = "tea",
            ["name"] = "Tea",
        });
        await alice.SetStateAsync(room, "m.room.encryption", new() { ["algorithm"] = "m.megolm.v1.aes-sha2" });
        var expected = JsonNode.Parse($$"""
            {
              "room_version": "11", "encryption": "m.megolm.v1.aes-sha2", "room_id": "{{room}}",
              "num_joined_members": 1, "world_readable": false, "guest_can_join": false, "join_rule": "public",
              "canonical_alias": "#tea:localhost", "name": "Tea"
            }
            """)!.AsObject();

        foreach (var name in new[] { room, "#tea:localhost" })
        {
            AssertEqual(expected, await app.Anonymous.GetSummaryAsync(name).ExpectAsync());
            AssertEqual(expected, await app.Anonymous.GetAsync(
                $"/_matrix/client/unstable/im.nheko.summary/summary/{MatrixClient.Escape(name)}").ExpectAsync());
        }

        expected["membership"] = "join";
        AssertEqual(expected, await alice.GetSummaryAsync(room).ExpectAsync());
    }

    [Theory]
    [AllDatabases]
    public async Task Summary_OfRestrictedRoom_IsToldToThoseWhoMayJoin(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var club = await alice.CreateRoomAsync();
        var room = await alice.CreateNamedAsync("annex", "private_chat");
        await alice.RestrictAsync(room, club);

        await RefusedAsync(bob, room);
        await RefusedAsync(app.Anonymous, room);
        await bob.JoinAsync(club);

        var summary = await bob.GetSummaryAsync(room).ExpectAsync();
        Assert.Equal("restricted", (string?)summary["join_rule"]);
        Assert.Equal([club], DirectoryRequests.Texts(summary["allowed_room_ids"]));
        Assert.Equal("leave", (string?)summary["membership"]);
    }

    [Theory]
    [AllDatabases]
    public async Task Summary_OfPrivateRoom_IsForThoseInItAndTheInvited(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var room = await alice.CreateNamedAsync("den", "private_chat");

        await RefusedAsync(bob, room);
        await alice.InviteAsync(room, bob);
        Assert.Equal("invite", (string?)(await bob.GetSummaryAsync(room).ExpectAsync())["membership"]);
        await bob.LeaveAsync(room);
        await RefusedAsync(bob, room);

        await alice.SetVisibilityAsync(room, "world_readable").ExpectAsync();
        Assert.True((bool)(await app.Anonymous.GetSummaryAsync(room).ExpectAsync())["world_readable"]!);
        await alice.SetVisibilityAsync(room, "joined").ExpectAsync();
        await alice.SetStateAsync(room, "m.room.join_rules", new() { ["join_rule"] = "knock" });
        Assert.Equal("knock", (string?)(await app.Anonymous.GetSummaryAsync(room).ExpectAsync())["join_rule"]);
        await alice.SetMembershipAsync(room, bob, "ban");
        await RefusedAsync(bob, room);
    }

    [Theory]
    [AllDatabases]
    public async Task Summary_OfNothing_IsNotFound(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);

        await RefusedAsync(app.Anonymous, "!unknown");
        await RefusedAsync(app.Anonymous, "#unknown:localhost");
        await app.Anonymous.GetSummaryAsync("unknown").ExpectInvalidParamAsync();
    }

    private static void AssertEqual(JsonObject expected, JsonObject actual) =>
        Assert.True(JsonNode.DeepEquals(expected, actual), actual.ToJsonString());

    private static Task RefusedAsync(MatrixClient client, string room) =>
        client.GetSummaryAsync(room).ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
}
