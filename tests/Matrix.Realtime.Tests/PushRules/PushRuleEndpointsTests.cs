using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Sync;
using static Matrix.Realtime.Tests.PushRules.PushRuleClientExtensions;

namespace Matrix.Realtime.Tests.PushRules;

public sealed class PushRuleEndpointsTests
{
    [Theory]
    [AllDatabases]
    public async Task GetPushRules_NewUser_ReturnsDefaultsWithTheirId(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");

        var all = await alice.GetAsync("pushrules/").ExpectAsync();
        var withoutSlash = await alice.GetAsync("pushrules").ExpectAsync();
        var global = await alice.GetAsync("pushrules/global/").ExpectAsync();

        Assert.Equal(["global"], all.Select(ruleset => ruleset.Key));
        Assert.Equal(alice.UserId, (string?)global["override"]![2]!["conditions"]![2]!["pattern"]);
        Assert.True(JsonNode.DeepEquals(global, all["global"]));
        Assert.True(JsonNode.DeepEquals(all, withoutSlash));
    }

    [Theory]
    [AllDatabases]
    public async Task PutRule_OfEveryKind_IsReadBackAlsoAfterRestart(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var rules = new JsonObject
        {
            ["override"] = JsonNode.Parse(
                """{"conditions":[{"kind":"org.example.new","é":1.50}],"actions":["notify",{"set_tweak":"sound"}]}"""),
            ["content"] = JsonNode.Parse("""{"pattern":"cäke*","actions":["dont_notify"]}"""),
            ["room"] = JsonNode.Parse("""{"actions":["coalesce"]}"""),
            ["sender"] = JsonNode.Parse("""{"actions":[]}"""),
            ["underride"] = JsonNode.Parse("""{"conditions":[],"actions":[{"set_tweak":"highlight","value":false}]}"""),
        };

        foreach (var (name, rule) in rules)
        {
            await alice.PutAsync(RulePath(name, "!a:b é%"), rule!).ExpectAsync();
        }

        var client = (await ground.RestartAsync(alice))[0];
        foreach (var (name, rule) in rules)
        {
            var expected = rule!.DeepClone().AsObject();
            expected["rule_id"] = "!a:b é%";
            expected["default"] = false;
            expected["enabled"] = true;
            var found = await client.GetRuleAsync(name, "!a:b é%");
            Assert.True(JsonNode.DeepEquals(expected, found), found.ToJsonString());
            Assert.Equal(["!a:b é%"], await client.RuleIdsAsync(name));
        }
    }

    // NOT-20
    [Theory]
    [AllDatabases]
    public async Task PutRule_WithPlace_IsPutThere(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        await alice.PutRuleAsync("override", "a");
        await alice.PutRuleAsync("override", "b");
        await alice.PutRuleAsync("override", "c");
        await alice.PutRuleAsync("room", "a");
        Assert.Equal(["c", "b", "a"], await alice.RuleIdsAsync("override"));

        await alice.PutRuleAsync("override", "d", "?before=a");
        Assert.Equal(["c", "b", "d", "a"], await alice.RuleIdsAsync("override"));
        await alice.PutRuleAsync("override", "e", "?after=c");
        Assert.Equal(["c", "e", "b", "d", "a"], await alice.RuleIdsAsync("override"));
        await alice.PutRuleAsync("override", "c", "?after=d");
        Assert.Equal(["e", "b", "d", "c", "a"], await alice.RuleIdsAsync("override"));
        await alice.PutRuleAsync("override", "a", "?before=b&after=c");
        Assert.Equal(["e", "a", "b", "d", "c"], await alice.RuleIdsAsync("override"));
        await alice.PutRuleAsync("override", "b", "?before=b");
        await alice.PutRuleAsync("override", "d");
        Assert.Equal(["e", "a", "b", "d", "c"], await alice.RuleIdsAsync("override"));
        Assert.Equal(["a"], await alice.RuleIdsAsync("room"));

        var all = await alice.RuleIdsAsync("override", withDefaults: true);
        Assert.Equal(
            [".m.rule.master", "e", "a", "b", "d", "c", ".m.rule.suppress_notices"], all.Take(7));
    }

    [Theory]
    [AllDatabases]
    public async Task PutRule_ThatExists_ReplacesItButDoesNotEnableIt(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        await alice.PutRuleAsync("content", "cake");
        await alice.EnableRuleAsync("content", "cake", enabled: false);

        await alice.PutAsync(
            RulePath("content", "cake"), new JsonObject { ["pattern"] = "lie", ["actions"] = new JsonArray() });

        var rule = await alice.GetRuleAsync("content", "cake");
        Assert.Equal("lie", (string?)rule["pattern"]);
        Assert.Empty(rule["actions"]!.AsArray());
        Assert.False((bool)rule["enabled"]!);
    }

    [Theory]
    [AllDatabases("override", "")]
    [AllDatabases("content", "?before=nobody")]
    [AllDatabases("content", "?after=.m.rule.contains_user_name")]
    [AllDatabases("room", "?after=own")]
    public async Task PutRule_ThatIsWrong_ChangesNothing(DatabaseKind kind, string name, string place)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        await alice.PutRuleAsync("content", "own");
        var body = name == "override" ? new JsonObject { ["actions"] = new JsonArray() } : Rule(name);

        var refused = await alice.PutAsync(RulePath(name, "new") + place, body);

        refused.ExpectError(HttpStatusCode.BadRequest, place.Length > 0 ? "M_UNKNOWN" : "M_MISSING_PARAM");
        Assert.Empty((await alice.RuleIdsAsync(name)).Except(["own"]));
        await alice.GetAsync(RulePath(name, "new")).ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
    }

    [Theory]
    [InlineData("override", "x", """{"conditions":[]}""", "M_BAD_JSON")]
    [InlineData("override", "x", """{"conditions":null,"actions":[]}""", "M_MISSING_PARAM")]
    [InlineData("underride", "x", """{"actions":[]}""", "M_MISSING_PARAM")]
    [InlineData("underride", "x", """{"conditions":{},"actions":[]}""", "M_BAD_JSON")]
    [InlineData("override", "x", """{"conditions":[{"key":"type"}],"actions":[]}""", "M_BAD_JSON")]
    [InlineData("override", "x", """{"conditions":["kind"],"actions":[]}""", "M_BAD_JSON")]
    [InlineData("content", "x", """{"actions":[]}""", "M_MISSING_PARAM")]
    [InlineData("content", "x", """{"pattern":7,"actions":[]}""", "M_BAD_JSON")]
    [InlineData("room", "x", """{"actions":"notify"}""", "M_BAD_JSON")]
    [InlineData("room", "x", """{"actions":["stun"]}""", "M_BAD_JSON")]
    [InlineData("room", "x", """{"actions":[{"sound":"bing"}]}""", "M_BAD_JSON")]
    [InlineData("room", "x", """{"actions":[null]}""", "M_BAD_JSON")]
    [InlineData("sender", ".x", """{"actions":[]}""", "M_INVALID_PARAM")]
    [InlineData("sender", "a/b", """{"actions":[]}""", "M_INVALID_PARAM")]
    [InlineData("sender", "a\\b", """{"actions":[]}""", "M_INVALID_PARAM")]
    [InlineData("Override", "x", """{"conditions":[],"actions":[]}""", "M_INVALID_PARAM")]
    [InlineData("0", "x", """{"conditions":[],"actions":[]}""", "M_INVALID_PARAM")]
    public async Task PutRule_Malformed_IsRefused(string kind, string ruleId, string body, string errorCode)
    {
        await using var ground = await SyncGround.StartAsync(DatabaseKind.Sqlite);
        var alice = await ground.RegisterAsync("alice");

        await alice.SendAsync(HttpMethod.Put, RulePath(kind, ruleId), MatrixClient.JsonContent(body))
            .ExpectErrorAsync(HttpStatusCode.BadRequest, errorCode);
    }

    [Theory]
    [AllDatabases]
    public async Task DeleteRule_OfUser_IsGoneAndOfServerIsRefused(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        await alice.PutRuleAsync("sender", "@spam:example.org");
        await alice.PutRuleAsync("room", "@spam:example.org");

        await alice.DeleteRuleAsync("sender", "@spam:example.org");

        Assert.Empty(await alice.RuleIdsAsync("sender"));
        Assert.Single(await alice.RuleIdsAsync("room"));
        await alice.DeleteAsync(RulePath("sender", "@spam:example.org"))
            .ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
        await alice.DeleteAsync(RulePath("override", ".m.rule.master"))
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");
    }

    [Theory]
    [AllDatabases]
    public async Task Attributes_OfOwnAndDefaultRules_AreChanged(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        await alice.PutRuleAsync("room", "!room:localhost");

        foreach (var (name, ruleId) in new[] { ("room", "!room:localhost"), ("underride", ".m.rule.message") })
        {
            await alice.EnableRuleAsync(name, ruleId, enabled: false);
            await alice.SetActionsAsync(name, ruleId, "\"notify\"", """{"set_tweak":"sound","value":"bing"}""");
        }

        var client = (await ground.RestartAsync(alice))[0];
        foreach (var (name, ruleId) in new[] { ("room", "!room:localhost"), ("underride", ".m.rule.message") })
        {
            Assert.Equal("""{"enabled":false}""", (await client.GetAsync(RulePath(name, ruleId, "/enabled"))).Text);
            Assert.Equal(
                """{"actions":["notify",{"set_tweak":"sound","value":"bing"}]}""",
                (await client.GetAsync(RulePath(name, ruleId, "/actions"))).Text);
            var rule = await client.GetRuleAsync(name, ruleId);
            Assert.False((bool)rule["enabled"]!);
            Assert.Equal(2, rule["actions"]!.AsArray().Count);
        }

        var others = await ground.Server.Continue(bob).GetRuleAsync("underride", ".m.rule.message");
        Assert.True((bool)others["enabled"]!);
    }

    [Theory]
    [InlineData("override", ".m.rule.unknown")]
    [InlineData("underride", ".m.rule.master")]
    [InlineData("room", "!room:localhost")]
    public async Task Attributes_OfUnknownRule_AreNotFound(string kind, string ruleId)
    {
        await using var ground = await SyncGround.StartAsync(DatabaseKind.Sqlite);
        var alice = await ground.RegisterAsync("alice");

        foreach (var attribute in new[] { "/enabled", "/actions" })
        {
            var body = new JsonObject { ["enabled"] = true, ["actions"] = new JsonArray() };
            var path = RulePath(kind, ruleId, attribute);
            await alice.GetAsync(path).ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
            await alice.PutAsync(path, body).ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
            await alice.PutAsync(path, new JsonObject()).ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");
        }
    }

    [Theory]
    [AllDatabases]
    public async Task PutRule_ManyAtOnce_LosesNone(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var ids = Enumerable.Range(0, 20).Select(number => $"rule{number}").ToList();

        await Task.WhenAll(ids.Select(id => alice.PutRuleAsync("room", id)));

        ground.Live.EvictAll();
        Assert.Equal(ids.Order(), (await alice.RuleIdsAsync("room")).Order());
    }

    [Theory]
    [AllDatabases]
    public async Task PutRule_BeyondWhatOneUserMayStore_IsRefused(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var rule = new JsonObject { ["pattern"] = new string('x', 300_000), ["actions"] = new JsonArray() };

        await alice.PutAsync(RulePath("content", "first"), rule).ExpectAsync();
        await alice.PutAsync(RulePath("content", "second"), rule)
            .ExpectErrorAsync(HttpStatusCode.RequestEntityTooLarge, "M_TOO_LARGE");

        Assert.Equal(["first"], await alice.RuleIdsAsync("content"));
    }
}
