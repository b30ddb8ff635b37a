using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Identifiers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.Tests.Http;

/// <summary>GEN-14, GEN-15 and the paths of r0.</summary>
public sealed class PathDecodingTests
{
    public static TheoryData<Transport, string, string> Segments()
    {
        var data = new TheoryData<Transport, string, string>();
        foreach (var transport in Enum.GetValues<Transport>())
        {
            data.Add(transport, "plain", "plain");
            data.Add(transport, "%40al%2Fice%3Ab", "@al/ice:b");
            data.Add(transport, "100%25", "100%");
            data.Add(transport, "%2f%2F", "//");
            data.Add(transport, "a+b%20c", "a+b c");
            data.Add(transport, "%F0%9F%98%80", "😀");
            data.Add(transport, "%3Fquery%23", "?query#");
        }

        // The in-memory server decodes these before it hands them on.
        data.Add(Transport.Kestrel, "a%252Fb", "a%2Fb");
        data.Add(Transport.Kestrel, "a%25252Fb", "a%252Fb");
        return data;
    }

    [Theory, MemberData(nameof(Segments))]
    public async Task Segment_Encoded_IsDecodedOnce(Transport transport, string encoded, string decoded)
    {
        await using var ground = await HttpGround.StartAsync(Map, transport);

        var echo = await ground.Client.GetAsync($"rooms/!r:s/state/m.x/{encoded}?since=%2F").ExpectAsync();

        Assert.Equal(decoded, (string?)echo["state_key"]);
    }

    [Theory]
    [InlineData("/_matrix/client/v3/rooms/!r:s/state/m.x/..", "..")]
    [InlineData("/_matrix/client/v3/rooms/!r:s/state/m.x/%2E%2E", "..")]
    [InlineData("/_matrix/client/v3/rooms/!r:s/state/m.x/%2E%2E%2Fa", "../a")]
    [InlineData("/_matrix/client/v3/rooms/!r:s/state/m.x/a%zzb", "a%zzb")]
    [InlineData("/elsewhere/../_matrix/client/v3/rooms/!r:s/state/m.x/a%2Fb", "a/b")]
    [InlineData("/%5Fmatrix/client/v3/rooms/!r:s/state/m.x/a%2Fb", "a/b")]
    public async Task Target_ThatClientsTidyUp_IsTakenAsSent(string target, string decoded)
    {
        await using var ground = await HttpGround.StartAsync(Map, Transport.Kestrel);

        var answer = await RawHttp.GetAsync(ground.Port, target);

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Contains($"\"state_key\":\"{decoded}\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Target_ThatIsWholeUrl_IsRouted()
    {
        await using var ground = await HttpGround.StartAsync(Map, Transport.Kestrel);
        var target = $"http://127.0.0.1:{ground.Port}/_matrix/client/v3/rooms/!r:s/state/m.x/a%2Fb?x=/";

        var answer = await RawHttp.GetAsync(ground.Port, target);

        Assert.Contains("\"state_key\":\"a/b\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rooms/!r:s/state/m.x/")]
    [InlineData("rooms/!r:s/state/m.x")]
    public async Task StateKey_Empty_IsRouted(string path)
    {
        await using var ground = await HttpGround.StartAsync(Map);

        var echo = await ground.Client.GetAsync(path).ExpectAsync();

        Assert.Equal("", (string?)echo["state_key"]);
    }

    [Theory, AllTransports]
    public async Task Identifier_WithEscapes_IsBound(Transport transport)
    {
        await using var ground = await HttpGround.StartAsync(Map, transport);

        var echo = await ground.Client
            .GetAsync("rooms/%21abc/typed/%40a%2Fb%3Alocalhost/%24x%2Fy+z").ExpectAsync();

        Assert.Equal("!abc", (string?)echo["room"]);
        Assert.Equal("@a/b:localhost", (string?)echo["user"]);
        Assert.Equal("$x/y+z", (string?)echo["event"]);
    }

    [Theory]
    [InlineData("rooms/abc/typed/@a:b/$x")]
    [InlineData("rooms/!abc/typed/a:b/$x")]
    [InlineData("rooms/!abc/typed/@a/$x")]
    [InlineData("rooms/!abc/typed/@a:b/x")]
    [InlineData("rooms/%2521abc/typed/@a:b/$x")]
    public async Task Identifier_Malformed_AnswersInvalidParam(string path)
    {
        await using var ground = await HttpGround.StartAsync(Map, Transport.Kestrel);

        await ground.Client.GetAsync(path).ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");
    }

    [Theory, AllTransports]
    public async Task Path_OfR0_ReachesV3(Transport transport)
    {
        await using var ground = await HttpGround.StartAsync(Map, transport);

        var echo = await ground.Client.GetAsync("/_matrix/client/r0/rooms/!r:s/state/m.x/a%2Fb").ExpectAsync();

        Assert.Equal("a/b", (string?)echo["state_key"]);
    }

    private static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/rooms/{roomId}/state/{eventType}/{stateKey?}", (string roomId, string? stateKey) =>
            TypedResults.Ok(new JsonObject { ["room"] = roomId, ["state_key"] = stateKey ?? "" }));
        group.MapGet("/rooms/{roomId}/typed/{userId}/{eventId}", (RoomId roomId, UserId userId, EventId eventId) =>
            TypedResults.Ok(new JsonObject
            {
                ["room"] = roomId.Value,
                ["user"] = userId.Value,
                ["event"] = eventId.Value,
            }));
    }
}
