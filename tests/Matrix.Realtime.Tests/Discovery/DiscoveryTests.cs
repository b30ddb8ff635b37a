using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Discovery;
using Matrix.Realtime.Tests.Http;

namespace Matrix.Realtime.Tests.Discovery;

/// <summary>ADV-1, ADV-2, ADV-3, ADV-5, ADV-6, ADV-7.</summary>
public sealed class DiscoveryTests
{
    [Fact]
    public async Task Versions_WithAndWithoutToken_ListAllFromFirst()
    {
        await using var ground = await StartAsync();
        var expected = Enumerable.Range(1, 19).Select(minor => $"v1.{minor}");

        foreach (var client in new[] { ground.Anonymous, ground.Client, ground.Client.WithToken("stale") })
        {
            var body = await client.GetAsync("/_matrix/client/versions").ExpectAsync();

            Assert.Equal(expected, body["versions"]!.AsArray().Select(version => (string)version!));
            Assert.All(body["unstable_features"]!.AsObject(), feature => Assert.True((bool)feature.Value!));
        }
    }

    [Theory]
    [InlineData(null, "http://localhost")]
    [InlineData("https://matrix.example.org", "https://matrix.example.org")]
    [InlineData("https://example.org:8448/chat/", "https://example.org:8448/chat")]
    public async Task WellKnown_NamesAddressOfServer(string? publicBaseUrl, string expected)
    {
        await using var ground = await StartAsync(
            options => options.PublicBaseUrl = publicBaseUrl is null ? null : new Uri(publicBaseUrl));

        var body = await ground.Anonymous.GetAsync("/.well-known/matrix/client").ExpectAsync();

        Assert.Equal(expected, (string?)body["m.homeserver"]!["base_url"]);
    }

    [Fact]
    public async Task Capabilities_NameRoomVersionsAndWhatIsOff()
    {
        await using var ground = await StartAsync();

        var capabilities = (await ground.Client.GetAsync("capabilities").ExpectAsync())["capabilities"]!.AsObject();

        JsonObject roomVersions = new()
        {
            ["default"] = "12",
            ["available"] = new JsonObject { ["10"] = "stable", ["11"] = "stable", ["12"] = "stable" },
        };
        Assert.True(JsonNode.DeepEquals(roomVersions, capabilities["m.room_versions"]), capabilities.ToJsonString());
        Assert.True((bool)capabilities["m.change_password"]!["enabled"]!);
        Assert.False((bool)capabilities["m.3pid_changes"]!["enabled"]!);
    }

    [Fact]
    public async Task Capabilities_WithoutToken_AreRefused()
    {
        await using var ground = await StartAsync();

        await ground.Anonymous.GetAsync("capabilities")
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_MISSING_TOKEN");
    }

    private static Task<HttpGround> StartAsync(Action<RealtimeOptions>? options = null) => HttpGround.StartAsync(
        group => group.MapCapabilities(),
        options: options,
        services: services => services.AddDiscovery(),
        mapOutside: endpoints => endpoints.MapDiscovery());
}
