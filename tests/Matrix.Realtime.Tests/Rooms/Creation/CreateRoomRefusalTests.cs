using System.Net;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Rooms.Creation;

/// <summary>What <c>createRoom</c> refuses, and that a refusal leaves nothing behind.</summary>
public sealed class CreateRoomRefusalTests
{
    private static readonly (string Request, string ErrorCode)[] Malformed =
    [
        ("""{"room_version":"1"}""", "M_UNSUPPORTED_ROOM_VERSION"),
        ("""{"room_version":12}""", "M_BAD_JSON"),
        ("""{"visibility":"secret"}""", "M_INVALID_PARAM"),
        ("""{"preset":"party"}""", "M_INVALID_PARAM"),
        ("""{"name":7}""", "M_BAD_JSON"),
        ("""{"invite":["bob"]}""", "M_BAD_JSON"),
        ("""{"invite":[null]}""", "M_BAD_JSON"),
        ("""{"invite":"@bob:localhost"}""", "M_BAD_JSON"),
        ("""{"is_direct":"yes"}""", "M_BAD_JSON"),
        ("""{"initial_state":{}}""", "M_BAD_JSON"),
        ("""{"initial_state":[null]}""", "M_BAD_JSON"),
        ("""{"initial_state":[{"type":"com.example"}]}""", "M_BAD_JSON"),
        ("""{"initial_state":[{"content":{}}]}""", "M_BAD_JSON"),
        ("""{"initial_state":[{"type":"com.example","content":[]}]}""", "M_BAD_JSON"),
        ("""{"initial_state":[{"type":"com.example","content":{"a":1.5}}]}""", "M_BAD_JSON"),
        ("""{"initial_state":[{"type":"com.example","content":{},"state_key":"a\u0000b"}]}""", "M_INVALID_PARAM"),
        ("""{"initial_state":[{"type":"com\u0000example","content":{}}]}""", "M_INVALID_PARAM"),
        ("""{"initial_state":[{"type":"m.room.create","content":{}}]}""", "M_INVALID_ROOM_STATE"),
        ("""{"initial_state":[{"type":"m.room.member","content":{"membership":"join"}}]}""", "M_INVALID_ROOM_STATE"),
        ("""{"initial_state":[{"type":"a","content":{},"state_key":"@bob:localhost"}]}""", "M_INVALID_ROOM_STATE"),
        ("""{"creation_content":[]}""", "M_BAD_JSON"),
        ("""{"creation_content":{"a":1e3}}""", "M_BAD_JSON"),
        ("""{"creation_content":{"additional_creators":["bob"]}}""", "M_BAD_JSON"),
        ("""{"creation_content":{"additional_creators":"@bob:localhost"}}""", "M_BAD_JSON"),
        ("""{"power_level_content_override":5}""", "M_BAD_JSON"),
        ("""{"power_level_content_override":{"ban":"50"}}""", "M_BAD_JSON"),
        ("""{"power_level_content_override":{"users":{"bob":50}}}""", "M_BAD_JSON"),
        ("""{"power_level_content_override":{"users":{"@alice:localhost":100}}}""", "M_BAD_JSON"),
        ("""{"room_version":"11","power_level_content_override":{"users":{"@bob:localhost":100}}}""", "M_BAD_JSON"),
        (
            """{"room_version":"11","power_level_content_override":{"users":{"@alice:localhost":10}}}""",
            "M_INVALID_ROOM_STATE"),
        ("""{"room_alias_name":"tea\u0000"}""", "M_INVALID_PARAM"),
        ("""[]""", "M_BAD_JSON"),
        ("""{""", "M_NOT_JSON"),
    ];

    private const string State = """{"type":"com.example","content":{}}""";

    [Theory]
    [AllDatabases]
    public async Task CreateRoom_Malformed_IsRefusedAndLeavesNothing(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var since = (string)(await alice.SyncAsync())["next_batch"]!;

        foreach (var (request, errorCode) in Malformed)
        {
            var answer = await CreateAsync(alice, request);
            Assert.True(
                answer.Status == HttpStatusCode.BadRequest && (string?)answer.Json["errcode"] == errorCode,
                $"{request} should be {errorCode}: {(int)answer.Status} {answer.Text}");
        }

        var tooLong = $$"""{"name":"{{new string('x', 70_000)}}"}""";
        (await CreateAsync(alice, tooLong)).ExpectError(HttpStatusCode.RequestEntityTooLarge, "M_TOO_LARGE");
        (await CreateAsync(alice, """{"invite":["@bob:elsewhere"]}""")).ExpectError(HttpStatusCode.Forbidden, "M_FORBIDDEN");
        (await CreateAsync(alice, $$"""{"invite":[{{Repeat("\"@bob:localhost\"", 501)}}]}"""))
            .ExpectError(HttpStatusCode.BadRequest, "M_INVALID_PARAM");
        (await CreateAsync(alice, $$"""{"initial_state":[{{Repeat(State, 101)}}]}"""))
            .ExpectError(HttpStatusCode.BadRequest, "M_INVALID_PARAM");

        Assert.Empty((await alice.GetAsync("joined_rooms").ExpectAsync())["joined_rooms"]!.AsArray());
        Assert.Null((await alice.SyncAsync(since))["rooms"]?["join"]);
    }

    [Theory]
    [AllDatabases]
    public async Task CreateRoom_AsLargeAsTheLimits_IsTaken(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var invited = Enumerable.Range(0, 500).Select(number => $"@user{number}:localhost").ToList();

        var created = await CreateAsync(alice, $$"""
            {"invite":["{{string.Join("\",\"", invited)}}"],"initial_state":[{{Repeat(State, 100)}}]}
            """).ExpectAsync();

        var members = await alice.GetInRoomAsync((string)created["room_id"]!, "members?membership=invite").ExpectAsync();
        Assert.Equal(
            invited.Order(), members["chunk"]!.AsArray().Select(member => (string)member!["state_key"]!).Order());
    }

    private static string Repeat(string item, int times) => string.Join(',', Enumerable.Repeat(item, times));

    private static Task<MatrixResponse> CreateAsync(MatrixClient user, string request) =>
        user.SendAsync(HttpMethod.Post, "createRoom", MatrixClient.JsonContent(request));
}
