using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Profiles;

/// <summary>Section 17: <c>GET/PUT/DELETE /profile/{userId}/{keyName}</c>; PRS-26 as far as member events go.</summary>
public sealed class ProfileTests
{
    [Theory]
    [AllDatabases]
    public async Task Profile_OfNewUser_IsEmptyAndReadableByAnybody(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");

        Assert.Equal("{}", (await app.Anonymous.GetAsync(Profile(alice)).ExpectAsync()).ToJsonString());
        await app.Anonymous.GetAsync(Profile(alice, "displayname")).ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
        await app.Anonymous.GetAsync("profile/@nobody:localhost").ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
    }

    [Theory]
    [AllDatabases]
    public async Task PutField_AnyKindOfValue_IsServedAsItIs(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");

        await SetAsync(alice, "displayname", "Alice");
        await SetAsync(alice, "m.tz", "Europe/London");
        await SetAsync(alice, "org.example.pets", new JsonArray(1, "cat", new JsonObject { ["x"] = 1.5 }));

        await using var again = await app.RestartAsync();
        var profile = await again.Anonymous.GetAsync(Profile(alice)).ExpectAsync();
        Assert.Equal(
            """{"displayname":"Alice","m.tz":"Europe/London","org.example.pets":[1,"cat",{"x":1.5}]}""",
            profile.ToJsonString());
        var field = await again.Anonymous.GetAsync(Profile(alice, "m.tz")).ExpectAsync();
        Assert.Equal("""{"m.tz":"Europe/London"}""", field.ToJsonString());
    }

    [Theory]
    [AllDatabases]
    public async Task DeleteField_SetOrNot_LeavesItAbsent(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        await SetAsync(alice, "displayname", "Alice");

        await alice.DeleteAsync(Profile(alice, "displayname")).ExpectAsync();
        await alice.DeleteAsync(Profile(alice, "displayname")).ExpectAsync();

        Assert.Equal("{}", (await alice.GetAsync(Profile(alice)).ExpectAsync()).ToJsonString());
    }

    [Theory]
    [AllDatabases]
    public async Task PutField_WhatAProfileCannotHold_IsRefusedAndChangesNothing(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");

        async Task RefusedAsync(MatrixClient user, string key, JsonNode? value, HttpStatusCode status, string errorCode) =>
            await user.PutAsync(Profile(alice, key), new JsonObject { [key] = value }).ExpectErrorAsync(status, errorCode);

        await RefusedAsync(bob, "displayname", "Mallory", HttpStatusCode.Forbidden, "M_FORBIDDEN");
        await RefusedAsync(alice, "displayname", 5, HttpStatusCode.BadRequest, "M_BAD_JSON");
        await RefusedAsync(alice, "displayname", new string('x', 257), HttpStatusCode.BadRequest, "M_INVALID_PARAM");
        await RefusedAsync(alice, "Upper", "x", HttpStatusCode.BadRequest, "M_INVALID_PARAM");
        await RefusedAsync(alice, "a" + new string('x', 255), "x", HttpStatusCode.BadRequest, "M_KEY_TOO_LARGE");
        await RefusedAsync(
            alice, "org.example.big", new string('x', 65536), HttpStatusCode.BadRequest, "M_PROFILE_TOO_LARGE");
        await alice.PutAsync(Profile(alice, "displayname"), new JsonObject { ["other"] = "x" })
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_MISSING_PARAM");
        await app.Anonymous.PutAsync(Profile(alice, "displayname"), new JsonObject { ["displayname"] = "x" })
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_MISSING_TOKEN");

        Assert.Equal("{}", (await alice.GetAsync(Profile(alice)).ExpectAsync()).ToJsonString());
    }

    [Theory]
    [AllDatabases]
    public async Task PutDisplayName_InManyRooms_UpdatesEveryMemberEventOnce(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        List<string> rooms = [];
        for (var i = 0; i < 60; i++)
        {
            rooms.Add(await alice.CreateRoomAsync());
        }

        await bob.JoinAsync(rooms[0]);
        var left = await alice.CreateRoomAsync();
        await alice.LeaveAsync(left);
        var since = (string)(await alice.SyncAsync())["next_batch"]!;
        var bobSince = (string)(await bob.SyncAsync())["next_batch"]!;

        await SetAsync(alice, "displayname", "Alice");
        await SetAsync(alice, "displayname", "Alice");

        var joined = (await alice.SyncAsync(since))["rooms"]!["join"]!.AsObject();
        Assert.Equal(rooms.Order(), joined.Select(room => room.Key).Order());
        foreach (var (_, room) in joined)
        {
            var member = Assert.Single(room!["timeline"]!["events"]!.AsArray())!;
            Assert.Equal("Alice", (string?)member["content"]!["displayname"]);
            Assert.Equal("join", (string?)member["content"]!["membership"]);
        }

        var seen = (await bob.SyncAsync(bobSince))["rooms"]!["join"]![rooms[0]]!["timeline"]!["events"]!.AsArray();
        Assert.Equal(alice.UserId, (string?)Assert.Single(seen)!["state_key"]);
    }

    [Theory]
    [AllDatabases]
    public async Task MemberEvents_OfThoseWhoCome_CarryTheirProfile(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        await SetAsync(alice, "displayname", "Alice");
        await SetAsync(bob, "avatar_url", "mxc://localhost/bob");

        var room = await alice.CreateRoomAsync(new JsonObject { ["invite"] = new JsonArray(bob.UserId) });
        Assert.Equal("Alice", (string?)(await MemberAsync(alice, room, alice))["displayname"]);
        Assert.Equal("mxc://localhost/bob", (string?)(await MemberAsync(alice, room, bob))["avatar_url"]);

        await bob.JoinAsync(room);
        Assert.Equal("mxc://localhost/bob", (string?)(await MemberAsync(alice, room, bob))["avatar_url"]);
        Assert.Equal("join", (string?)(await MemberAsync(alice, room, bob))["membership"]);
    }

    [Theory]
    [AllDatabases]
    public async Task PutDisplayName_WhereTheMemberEventIsRefused_LeavesNothingOfItThere(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var (room, other) = (await alice.CreateRoomAsync(), await alice.CreateRoomAsync());
        JsonObject annotation = new()
        {
            ["rel_type"] = "m.annotation",
            ["event_id"] = await alice.SendAsync(room, "hello"),
            ["key"] = "here",
        };
        JsonObject content = new() { ["membership"] = "join", ["m.relates_to"] = annotation };
        await alice.SetStateAsync(room, "m.room.member", content, alice.UserId);
        var since = (string)(await alice.SyncAsync())["next_batch"]!;

        await SetAsync(alice, "displayname", "Alice");

        // The same event is not annotated twice in the same way.
        Assert.Null((await MemberAsync(alice, room, alice))["displayname"]);
        Assert.Equal("Alice", (string?)(await MemberAsync(alice, other, alice))["displayname"]);
        var joined = (await alice.SyncAsync(since))["rooms"]!["join"]!.AsObject();
        Assert.Equal([other], joined.Select(changed => changed.Key));
    }

    private static string Profile(MatrixClient user, string? key = null) =>
        $"profile/{MatrixClient.Escape(user.UserId)}" + (key is null ? "" : $"/{MatrixClient.Escape(key)}");

    private static Task SetAsync(MatrixClient user, string key, JsonNode value) =>
        user.PutAsync(Profile(user, key), new JsonObject { [key] = value }).ExpectAsync();

    private static Task<JsonObject> MemberAsync(MatrixClient reader, string room, MatrixClient member) =>
        reader.GetAsync($"rooms/{MatrixClient.Escape(room)}/state/m.room.member/{MatrixClient.Escape(member.UserId)}")
            .ExpectAsync();
}
