using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.PushRules;

public sealed class PushRuleEndpointsTests
{
    [Theory]
    [AllDatabases]
    public async Task GetPushRules_NewUser_ReturnsDefaultsWithTheirId(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        var alice = await server.RegisterAsync("alice");

        var all = await alice.GetAsync("pushrules/").ExpectAsync();
        var withoutSlash = await alice.GetAsync("pushrules").ExpectAsync();
        var global = await alice.GetAsync("pushrules/global/").ExpectAsync();

        Assert.Equal(["global"], all.Select(ruleset => ruleset.Key));
        Assert.Equal(alice.UserId, (string?)global["override"]![2]!["conditions"]![2]!["pattern"]);
        Assert.True(JsonNode.DeepEquals(global, all["global"]));
        Assert.True(JsonNode.DeepEquals(all, withoutSlash));
    }
}
