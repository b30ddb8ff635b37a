using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.Tests.Http;

/// <summary>GEN-1: a malformed query is a standard error like any other.</summary>
public sealed class QueryTests
{
    [Fact]
    public async Task Parameters_WellFormed_AreRead()
    {
        await using var ground = await HttpGround.StartAsync(Map);

        var echo = await ground.Client.GetAsync("query?limit=-5&limit=7&full_state=true&since=a%2Bb").ExpectAsync();

        Assert.Equal(-5, (int)echo["limit"]!);
        Assert.True((bool)echo["full_state"]!);
        Assert.Equal("a+b", (string?)echo["since"]);
    }

    [Theory]
    [InlineData("limit=ten")]
    [InlineData("limit=")]
    [InlineData("limit=1.5")]
    [InlineData("limit=%201")]
    [InlineData("limit=99999999999999999999")]
    [InlineData("full_state=1")]
    [InlineData("full_state=True")]
    [InlineData("full_state=")]
    [InlineData("since=a%00b")]
    public async Task Parameter_Malformed_AnswersInvalidParam(string query)
    {
        await using var ground = await HttpGround.StartAsync(Map);

        await ground.Client.GetAsync($"query?{query}&since=x")
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");
    }

    [Fact]
    public async Task Parameter_RequiredButMissing_AnswersMissingParam()
    {
        await using var ground = await HttpGround.StartAsync(Map);

        await ground.Client.GetAsync("query").ExpectErrorAsync(HttpStatusCode.BadRequest, "M_MISSING_PARAM");
    }

    [Fact]
    public async Task Parameter_BoundByFramework_AnswersInvalidParam()
    {
        await using var ground = await HttpGround.StartAsync(Map);

        await ground.Client.GetAsync("bound?limit=ten").ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");
    }

    private static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/query", (QueryReader query) => TypedResults.Ok(new JsonObject
        {
            ["since"] = query.RequiredText("since"),
            ["limit"] = query.Integer("limit"),
            ["full_state"] = query.Boolean("full_state"),
        }));
        group.MapGet("/bound", (int? limit) => TypedResults.Ok(new JsonObject { ["limit"] = limit }));
    }
}
