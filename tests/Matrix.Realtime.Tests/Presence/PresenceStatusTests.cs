using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Typing;
using static Matrix.Realtime.Tests.Presence.PresenceCircle;

namespace Matrix.Realtime.Tests.Presence;

/// <summary>GET and PUT of <c>/presence/{userId}/status</c>: PRS-1 to PRS-9, PRS-11, PRS-31.</summary>
public sealed class PresenceStatusTests
{
    // PRS-1, PRS-6, PRS-9
    [Theory]
    [AllDatabases("online")]
    [AllDatabases("unavailable")]
    [AllDatabases("offline")]
    public async Task PutPresence_OfOneself_IsReadBackByOneselfAndRoomMates(DatabaseKind kind, string state)
    {
        await using var circle = await GatherAsync(kind);

        var answer = await circle.Alice.PutAsync(
            PathOf(circle.Alice),
            new JsonObject { ["presence"] = state, ["status_msg"] = "At the harbour" }).ExpectAsync();
        circle.Time.Advance(TimeSpan.FromMilliseconds(1500));

        Assert.Empty(answer);
        foreach (var reader in new[] { circle.Alice, circle.Bob })
        {
            var status = await ReadAsync(reader, circle.Alice);
            Assert.Equal(state, (string?)status["presence"]);
            Assert.Equal("At the harbour", (string?)status["status_msg"]);
            Assert.Equal(1500, (long)status["last_active_ago"]!);
            Assert.Equal(state == "online", (bool?)status["currently_active"] ?? false);
        }
    }

    // PRS-1: what was said of oneself is not lost on others for ever.
    [Theory]
    [AllDatabases]
    public async Task PutPresence_WhenTheDatabaseFails_IsSeenBeforeLong(DatabaseKind kind)
    {
        var commits = new CommitCounter();
        await using var circle = await GatherAsync(
            kind, new() { Settings = On, Services = commits.Install, ExpectsFailures = true });
        await SetAsync(circle.Alice, "online");
        _ = commits.FailNextAsync();

        await circle.Alice.PutAsync(PathOf(circle.Alice), new JsonObject { ["presence"] = "unavailable" })
            .ExpectErrorAsync(HttpStatusCode.ServiceUnavailable, "M_UNKNOWN");

        await circle.WaitForAsync(circle.Alice, "unavailable");
    }

    // PRS-9
    [Theory]
    [AllDatabases]
    public async Task GetPresence_OfOneselfRightAfterRegistration_Answers(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind);
        var carol = await circle.Server.RegisterAsync("carol");

        var status = await ReadAsync(carol, carol);

        Assert.Equal(JsonValueKind.String, status["presence"]!.GetValueKind());
    }

    // PRS-2, PRS-3
    [Theory]
    [AllDatabases]
    public async Task PutPresence_OfSomebodyElse_ReturnsForbidden(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind);
        var before = await ReadAsync(circle.Bob, circle.Alice);

        await circle.Bob.PutAsync(PathOf(circle.Alice), new JsonObject { ["presence"] = "unavailable" })
            .ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");

        Assert.True(JsonNode.DeepEquals(before, await ReadAsync(circle.Bob, circle.Alice)));
    }

    // PRS-3
    [Theory]
    [AllDatabases("{}", "M_BAD_JSON")]
    [AllDatabases("""{"status_msg":"hello"}""", "M_BAD_JSON")]
    [AllDatabases("""{"presence":null}""", "M_BAD_JSON")]
    [AllDatabases("""{"presence":7}""", "M_BAD_JSON")]
    [AllDatabases("""{"presence":"away"}""", "M_INVALID_PARAM")]
    [AllDatabases("""{"presence":"Online"}""", "M_INVALID_PARAM")]
    [AllDatabases("""{"presence":"online","status_msg":7}""", "M_BAD_JSON")]
    [AllDatabases("""{"presence":"online","status_msg":{}}""", "M_BAD_JSON")]
    [AllDatabases("online", "M_NOT_JSON")]
    public async Task PutPresence_WithAWrongBody_IsRefusedAndChangesNothing(DatabaseKind kind, string body, string code)
    {
        await using var circle = await GatherAsync(kind);
        await SetAsync(circle.Alice, "unavailable", "Out");

        var answer = await circle.Alice.SendAsync(HttpMethod.Put, PathOf(circle.Alice), MatrixClient.JsonContent(body));
        answer.ExpectError(HttpStatusCode.BadRequest, code);

        var status = await ReadAsync(circle.Alice, circle.Alice);
        Assert.Equal(("unavailable", "Out"), ((string?)status["presence"], (string?)status["status_msg"]));
    }

    [Theory]
    [AllDatabases]
    public async Task PutPresence_WithALongStatus_IsRefused(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind);
        JsonObject request = new() { ["presence"] = "online", ["status_msg"] = new string('x', 2049) };

        await circle.Alice.PutAsync(PathOf(circle.Alice), request)
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");
    }

    // PRS-3, PRS-5
    [Theory]
    [AllDatabases("""{"presence":"online"}""")]
    [AllDatabases("""{"presence":"online","status_msg":null}""")]
    public async Task PutPresence_WithoutStatusMsg_ClearsIt(DatabaseKind kind, string body)
    {
        await using var circle = await GatherAsync(kind);
        await SetAsync(circle.Alice, "online", "In");
        var since = await CatchUpAsync(circle.Bob);

        var answer = await circle.Alice.SendAsync(HttpMethod.Put, PathOf(circle.Alice), MatrixClient.JsonContent(body));
        answer.Expect(HttpStatusCode.OK);

        Assert.Null((await ReadAsync(circle.Bob, circle.Alice))["status_msg"]);
        var told = Find(await SyncAsync(circle.Bob, since), circle.Alice)!;
        Assert.Equal("online", (string?)told["presence"]);
        Assert.Null(told["status_msg"]);
    }

    // PRS-5
    [Theory]
    [AllDatabases]
    public async Task StatusMsg_OverPollsAndTimers_IsKept(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind);
        await SetAsync(circle.Alice, "online", "In");

        var poll = await circle.OpenPollAsync(circle.Alice);
        Assert.Equal("In", (string?)(await circle.WaitForAsync(circle.Alice, "online"))["status_msg"]);
        await circle.HangUpAsync(poll, circle.Alice);
        poll = await circle.OpenPollAsync(circle.Alice, "unavailable");
        circle.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal("In", (string?)(await circle.WaitForAsync(circle.Alice, "unavailable"))["status_msg"]);
        await poll.Answer;
        circle.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("In", (string?)(await circle.WaitForAsync(circle.Alice, "offline"))["status_msg"]);
    }

    // PRS-4, PRS-11
    [Theory]
    [AllDatabases]
    public async Task LastActiveAgo_IsCountedFromTheLastDeed(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind);
        await SetAsync(circle.Alice, "online");
        circle.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(20_000, await LastActiveAgoAsync(circle));

        await circle.Alice.PutAsync(
            PathOf(circle.Alice),
            new JsonObject { ["presence"] = "online", ["last_active_ago"] = 500_000 }).ExpectAsync();
        Assert.Equal(0, await LastActiveAgoAsync(circle));

        circle.Time.Advance(TimeSpan.FromSeconds(5));
        var eventId = await circle.Alice.SendAsync(circle.Room, "hello");
        Assert.Equal(0, await LastActiveAgoAsync(circle));

        circle.Time.Advance(TimeSpan.FromSeconds(5));
        await circle.Alice.TypeAsync(circle.Room);
        Assert.Equal(0, await LastActiveAgoAsync(circle));

        circle.Time.Advance(TimeSpan.FromSeconds(5));
        await circle.Alice.PostAsync(
            $"rooms/{MatrixClient.Escape(circle.Room)}/receipt/m.read/{MatrixClient.Escape(eventId)}", new JsonObject())
            .ExpectAsync();
        Assert.Equal(0, await LastActiveAgoAsync(circle));

        circle.Time.Advance(TimeSpan.FromSeconds(5));
        await SyncAsync(circle.Alice, setPresence: "online");
        Assert.Equal(5000, await LastActiveAgoAsync(circle));
    }

    // PRS-7, PRS-8
    [Theory]
    [AllDatabases]
    public async Task GetPresence_WithoutASharedRoom_IsRefused(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind);
        await SetAsync(circle.Alice, "online", "secret");
        var carol = await circle.Server.RegisterAsync("carol");
        await carol.GetAsync(PathOf(circle.Alice)).ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");

        var room = await circle.Alice.CreateRoomAsync();
        await circle.Alice.InviteAsync(room, carol);
        await carol.GetAsync(PathOf(circle.Alice)).ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
        await carol.JoinAsync(room);
        Assert.Equal("secret", (string?)(await ReadAsync(carol, circle.Alice))["status_msg"]);
        await carol.LeaveAsync(room);
        await carol.GetAsync(PathOf(circle.Alice)).ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
        Assert.Equal("secret", (string?)(await ReadAsync(circle.Alice, circle.Alice))["status_msg"]);
    }

    // PRS-7
    [Theory]
    [AllDatabases]
    public async Task GetPresence_OfNobody_IsRefusedAsThatOfAStranger(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind);

        var answer = await circle.Bob.GetAsync($"presence/{MatrixClient.Escape("@nobody:localhost")}/status");

        Assert.True(answer.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, answer.Text);
    }

    [Theory]
    [AllDatabases]
    public async Task Presence_WithoutAToken_IsRefused(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind);

        await circle.Server.Anonymous.GetAsync(PathOf(circle.Alice))
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_MISSING_TOKEN");
        await circle.Server.Anonymous.PutAsync(PathOf(circle.Alice), new JsonObject { ["presence"] = "online" })
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_MISSING_TOKEN");
    }

    // PRS-31
    [Theory]
    [AllDatabases]
    public async Task PresenceLists_DoNotExist(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind);
        var path = $"presence/list/{MatrixClient.Escape(circle.Alice.UserId)}";

        await circle.Alice.GetAsync(path).ExpectErrorAsync(HttpStatusCode.NotFound, "M_UNRECOGNIZED");
        await circle.Alice.PostAsync(path, new JsonObject())
            .ExpectErrorAsync(HttpStatusCode.NotFound, "M_UNRECOGNIZED");
    }

    private static async Task<long> LastActiveAgoAsync(PresenceCircle circle) =>
        (long)(await ReadAsync(circle.Bob, circle.Alice))["last_active_ago"]!;
}
