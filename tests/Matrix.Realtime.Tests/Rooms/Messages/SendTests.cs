using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Rooms.Messages;

/// <summary>What may be sent, and by whom.</summary>
public sealed class SendTests
{
    private static readonly (string Content, HttpStatusCode Status, string ErrorCode)[] Malformed =
    [
        ("""{"a":1.5}""", HttpStatusCode.BadRequest, "M_BAD_JSON"),
        ("""{"a":1e2}""", HttpStatusCode.BadRequest, "M_BAD_JSON"),
        ("""{"a":9007199254740992}""", HttpStatusCode.BadRequest, "M_BAD_JSON"),
        ("""{"a":[{"b":-9007199254740992}]}""", HttpStatusCode.BadRequest, "M_BAD_JSON"),
        ("""{"a":123456789012345678901234567890}""", HttpStatusCode.BadRequest, "M_BAD_JSON"),
        ("""{"a":"\ud800"}""", HttpStatusCode.BadRequest, "M_BAD_JSON"),
        ("""["a"]""", HttpStatusCode.BadRequest, "M_BAD_JSON"),
        ("""{"a":NaN}""", HttpStatusCode.BadRequest, "M_NOT_JSON"),
        ("""{"a":1""", HttpStatusCode.BadRequest, "M_NOT_JSON"),
        ("", HttpStatusCode.BadRequest, "M_NOT_JSON"),
        ($$"""{"a":"{{new string('x', 65_536)}}"}""", HttpStatusCode.RequestEntityTooLarge, "M_TOO_LARGE"),
        ($$"""{"a":"{{new string('x', 1_100_000)}}"}""", HttpStatusCode.RequestEntityTooLarge, "M_TOO_LARGE"),
    ];

    [Theory]
    [AllDatabases]
    public async Task Send_OfContentThatNoEventMayHave_IsRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        foreach (var path in new[] { "send/m.room.message/t1", "state/com.example/key" })
        {
            foreach (var (content, status, errorCode) in Malformed)
            {
                await alice.SendAsync(
                    HttpMethod.Put, $"rooms/{MatrixClient.Escape(room)}/{path}", MatrixClient.JsonContent(content))
                    .ExpectErrorAsync(status, errorCode);
            }
        }

        const string Edges = """{"a":[-9007199254740991,9007199254740991,null,true,{"":"\u0000\u0001 é 🗝 \\ \""}]}""";
        await alice.SendAsync(
            HttpMethod.Put, $"rooms/{MatrixClient.Escape(room)}/send/com.example/t1", MatrixClient.JsonContent(Edges))
            .ExpectAsync();
        var received = (await alice.HistoryAsync(room)).Last()["content"]!;
        Assert.Equal(9007199254740991, (long)received["a"]![1]!);
        Assert.Equal("\0\u0001 é 🗝 \\ \"", (string?)received["a"]![4]![""]);
    }

    [Theory]
    [AllDatabases]
    public async Task Paths_WithNulOrTooLongNames_AreRefusedWithoutFailing(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database, new() { Listens = true });
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        var huge = new string('x', 256);

        // The web server itself takes no NUL in a path, and closes the connection.
        string[] withNul = ["send/m.room.message/t%00", "state/a%00b/", "state/a/a%00b", "event/$a%00b"];
        foreach (var path in withNul)
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await alice.PutInRoomAsync(room, path)).Status);
            Assert.Equal(HttpStatusCode.BadRequest, (await alice.GetInRoomAsync(room, path)).Status);
        }

        string[] tooLong = [$"send/{huge}/t1", $"state/{huge}/", $"state/a/{huge}", $"state/a/{new string('é', 128)}"];
        foreach (var path in tooLong)
        {
            await alice.PutInRoomAsync(room, path).ExpectErrorAsync(HttpStatusCode.RequestEntityTooLarge, "M_TOO_LARGE");
        }

        await alice.GetInRoomAsync(room, $"state/{huge}/{huge}").ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
        string[] badIds =
        [
            "event/nosigil", $"event/${huge}", "messages?dir=b&from=%00", "members?at=%00", "members?membership=%00",
        ];
        foreach (var path in badIds)
        {
            await alice.GetInRoomAsync(room, path).ExpectInvalidParamAsync();
        }

        foreach (var id in new[] { "nosigil", $"!{huge}" })
        {
            await alice.PostAsync($"rooms/{id}/join").ExpectInvalidParamAsync();
            await alice.GetAsync($"rooms/{id}/state").ExpectInvalidParamAsync();
        }
    }

    [Theory]
    [AllDatabases]
    public async Task Send_WithoutMembershipOrPower_IsForbidden(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var room = await alice.CreateRoomAsync(new()
        {
            ["invite"] = new JsonArray(bob.UserId),
            ["power_level_content_override"] = new JsonObject { ["events_default"] = 10, ["invite"] = 10 },
        });

        await ForbiddenAsync(bob, room, "send/m.room.message/t1");
        await ForbiddenAsync(bob, room, "state/com.example");
        await bob.JoinAsync(room);
        await ForbiddenAsync(bob, room, "send/m.room.message/t2");
        await ForbiddenAsync(bob, room, "state/com.example");
        await bob.PostInRoomAsync(room, "invite", new() { ["user_id"] = "@carol:localhost" })
            .ExpectForbiddenAsync();
        await ForbiddenAsync(alice, room, "send/m.room.member/t1");
        await ForbiddenAsync(alice, room, "send/m.room.create/t1");
        await ForbiddenAsync(alice, "!unknown", "send/m.room.message/t1");
        await ForbiddenAsync(alice, "!unknown", "state/com.example");
        await bob.LeaveAsync(room);
        await ForbiddenAsync(bob, room, "send/m.room.message/t3");
    }

    [Theory]
    [AllDatabases]
    public async Task Send_OfWhatIsToComeLater_SendsNothing(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();

        foreach (var path in new[] { "send/m.room.message/t1", "state/org.example.call/key" })
        {
            await alice.PutInRoomAsync(room, $"{path}?org.matrix.msc4140.delay=1000", RoomRequests.Text("later"))
                .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_UNKNOWN");
        }

        Assert.Empty((await alice.HistoryAsync(room)).Bodies());
    }

    private static Task ForbiddenAsync(MatrixClient user, string room, string path) =>
        user.PutInRoomAsync(room, path, RoomRequests.Text("no")).ExpectForbiddenAsync();
}
