using System.Net;
using Microsoft.AspNetCore.Builder;

namespace Matrix.Realtime.Tests.Http;

/// <summary>GEN-9.</summary>
public sealed class CorsTests
{
    [Theory, AllTransports]
    public async Task Answer_OfAnyKind_CarriesHeaders(Transport transport)
    {
        await using var ground = await StartAsync(() => { }, transport);
        string[] paths = ["called", "broken", "nothing", "/_matrix/nothing", "/.well-known/matrix/nothing"];
        foreach (var path in paths)
        {
            AssertHeaders(await ground.Client.GetAsync(path));
        }

        AssertHeaders(await ground.Anonymous.GetAsync("called"));
        AssertHeaders(await ground.Client.PostAsync("called"));
    }

    [Theory]
    [InlineData("called")]
    [InlineData("nothing")]
    [InlineData("/_matrix/nothing")]
    [InlineData("/.well-known/matrix/client")]
    public async Task Preflight_OfAnyPath_RunsNoEndpoint(string path)
    {
        var called = false;
        await using var ground = await StartAsync(() => called = true);

        var response = await ground.Anonymous.SendAsync(HttpMethod.Options, path, null);

        Assert.Equal(HttpStatusCode.NoContent, response.Status);
        AssertHeaders(response);
        Assert.False(called);
    }

    private static void AssertHeaders(MatrixResponse response)
    {
        Assert.Equal("*", Header(response, "Access-Control-Allow-Origin"));
        Assert.Equal("GET, POST, PUT, DELETE, OPTIONS", Header(response, "Access-Control-Allow-Methods"));
        Assert.Equal("X-Requested-With, Content-Type, Authorization, Last-Event-ID", Header(response, "Access-Control-Allow-Headers"));
    }

    private static string Header(MatrixResponse response, string name) =>
        string.Join(", ", response.Headers.GetValues(name));

    private static Task<HttpGround> StartAsync(Action called, Transport transport = Transport.Memory) =>
        HttpGround.StartAsync(
            group =>
            {
                group.Map("/called", called);
                group.MapGet("/broken", void () => throw new InvalidOperationException());
            },
            transport);
}
