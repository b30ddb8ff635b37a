using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.Tests.Http;

/// <summary>GEN-2, GEN-3.</summary>
public sealed class AuthenticationTests
{
    [Theory, AllTransports]
    public async Task Token_InHeaderOrQuery_NamesRequester(Transport transport)
    {
        await using var ground = await HttpGround.StartAsync(Map, transport);

        var byHeader = await ground.Client.GetAsync("me").ExpectAsync();
        var byQuery = await ground.Anonymous.GetAsync($"me?access_token={KnownTokens.Bob}").ExpectAsync();

        Assert.Equal("@alice:localhost ALICE", (string?)byHeader["me"]);
        Assert.Equal("@bob:localhost BOB", (string?)byQuery["me"]);
    }

    [Theory]
    [InlineData("me")]
    [InlineData("me?access_token=")]
    public async Task Token_Missing_AnswersMissingToken(string path)
    {
        await using var ground = await HttpGround.StartAsync(Map);

        await ground.Anonymous.GetAsync(path).ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_MISSING_TOKEN");
    }

    [Fact]
    public async Task Token_Unknown_AnswersUnknownToken()
    {
        await using var ground = await HttpGround.StartAsync(Map);

        await ground.Client.WithToken("stale").GetAsync("me")
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");
        await ground.Anonymous.GetAsync("me?access_token=stale")
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");
    }

    [Fact]
    public async Task Endpoint_OpenToAnybody_KnowsWhoCallsNonetheless()
    {
        await using var ground = await HttpGround.StartAsync(Map);

        var anonymous = await ground.Anonymous.GetAsync("anybody").ExpectAsync();
        var stale = await ground.Client.WithToken("stale").GetAsync("anybody").ExpectAsync();
        var known = await ground.Client.GetAsync("anybody").ExpectAsync();

        Assert.Null(anonymous["me"]);
        Assert.Null(stale["me"]);
        Assert.Equal("@alice:localhost", (string?)known["me"]);
    }

    [Fact]
    public async Task Body_OfAnonymousCaller_IsNotRead()
    {
        await using var ground = await HttpGround.StartAsync(Map);

        await ground.Anonymous.SendAsync(HttpMethod.Post, "object", MatrixClient.JsonContent("not JSON"))
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_MISSING_TOKEN");
    }

    private static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/me", (Requester requester) =>
            TypedResults.Ok(new JsonObject { ["me"] = $"{requester.UserId} {requester.DeviceId}" }));
        group.MapGet("/anybody", (Requester? requester) =>
            TypedResults.Ok(new JsonObject { ["me"] = requester?.UserId.Value })).WithOptionalAccessToken();
        group.MapPost("/object", (JsonObjectBody body) => TypedResults.Bytes(body.Utf8, "application/json"));
    }
}
