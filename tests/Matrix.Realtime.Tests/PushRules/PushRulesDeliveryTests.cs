using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Sync;

namespace Matrix.Realtime.Tests.PushRules;

// NOT-29
public sealed class PushRulesDeliveryTests
{
    private const string Type = "m.push_rules";

    [Theory]
    [AllDatabases("put")]
    [AllDatabases("delete")]
    [AllDatabases("disable")]
    [AllDatabases("enable")]
    [AllDatabases("actions")]
    [AllDatabases("default actions")]
    [AllDatabases("master")]
    public async Task PushRules_Changed_AreDeliveredWholeToAllDevicesOfOwner(DatabaseKind kind, string change)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var phone = await ground.Server.LoginAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        await SyncGround.CreateSharedRoomAsync(alice, bob);
        await alice.PutRuleAsync("room", "!old:localhost");
        await alice.PutRuleAsync("room", "!silent:localhost");
        await alice.EnableRuleAsync("room", "!silent:localhost", enabled: false);
        var (ours, theirs, bobs) = (await alice.CatchUpAsync(), await phone.CatchUpAsync(), await bob.CatchUpAsync());
        var waiting = phone.PollAsync(theirs, timeout: SyncAnswerExtensions.Long);
        await ground.Live.WaitForPollsAsync(phone);

        await ChangeAsync(alice, change);

        var expected = await alice.GetAsync("pushrules/").ExpectAsync();
        foreach (var answer in new[] { await waiting, await alice.PollAsync(ours), await alice.PollAsync() })
        {
            Assert.True(JsonNode.DeepEquals(expected, answer.AccountData(Type)), answer.ToJsonString());
        }

        Assert.True(JsonNode.DeepEquals(expected, await alice.GetAsync(alice.AccountDataPath(Type)).ExpectAsync()));
        Assert.True((await phone.PollAsync((await waiting).NextBatch())).IsQuiet());
        Assert.True((await bob.PollAsync(bobs)).IsQuiet());
    }

    [Theory]
    [AllDatabases]
    public async Task PushRules_ChangedLongAgo_AreDeliveredToOldTokenAfterRestart(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var since = await alice.CatchUpAsync();
        await alice.PutRuleAsync("room", "!room:localhost");
        await alice.DeleteRuleAsync("room", "!room:localhost");

        var client = (await ground.RestartAsync(alice))[0];

        var rules = (await client.PollAsync(since)).AccountData(Type);
        Assert.Empty(rules!["global"]!["room"]!.AsArray());
    }

    [Theory]
    [AllDatabases]
    public async Task PushRules_SetToWhatTheyAre_WakeNobody(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        await alice.PutRuleAsync("room", "!room:localhost");
        var since = await alice.CatchUpAsync();
        var waiting = alice.PollAsync(since, timeout: SyncAnswerExtensions.Long);
        await ground.Live.WaitForPollsAsync(alice);

        await alice.PutRuleAsync("room", "!room:localhost");
        await alice.EnableRuleAsync("room", "!room:localhost", enabled: true);
        await alice.EnableRuleAsync("override", ".m.rule.master", enabled: false);
        await alice.SetActionsAsync("underride", ".m.rule.message", "\"notify\"");

        Assert.True((await alice.PollAsync(since)).IsQuiet());
        Assert.False(waiting.IsCompleted);
        await alice.SetAccountDataAsync("org.example.end", []);
        var answer = await waiting;
        Assert.NotNull(answer.AccountData("org.example.end"));
        Assert.Null(answer.AccountData(Type));
    }

    [Theory]
    [AllDatabases]
    public async Task PushRules_OfTypeThatFilterDrops_AreNotDeliveredAndWakeNobody(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        const string filter = """{"account_data":{"not_types":["m.push_rules"]}}""";
        var first = await alice.PollAsync(filter: filter);
        var waiting = alice.PollAsync(first.NextBatch(), SyncAnswerExtensions.Long, filter);
        await ground.Live.WaitForPollsAsync(alice);

        await alice.PutRuleAsync("room", "!room:localhost");

        Assert.Null(first.AccountData(Type));
        Assert.True((await alice.PollAsync(first.NextBatch(), filter: filter)).IsQuiet());
        Assert.False(waiting.IsCompleted);
        await alice.SetAccountDataAsync("org.example.end", []);
        var answer = await waiting;
        Assert.NotNull(answer.AccountData("org.example.end"));
        Assert.Null(answer.AccountData(Type));
    }

    [Theory]
    [AllDatabases]
    public async Task PushRules_WithoutLegacyMentions_AreThoseOfTheSpecification(DatabaseKind kind)
    {
        var settings = new Dictionary<string, string?> { ["Matrix:PushRules:LegacyMentions"] = "false" };
        await using var ground = await SyncGround.StartAsync(kind, new() { Settings = settings });
        var alice = await ground.RegisterAsync("alice");

        var ids = await alice.RuleIdsAsync("override", withDefaults: true);

        Assert.DoesNotContain(".m.rule.contains_display_name", ids);
        Assert.DoesNotContain(".m.rule.roomnotif", ids);
        Assert.Empty(await alice.RuleIdsAsync("content", withDefaults: true));
    }

    private static Task ChangeAsync(MatrixClient client, string change) => change switch
    {
        "put" => client.PutRuleAsync("content", "cake"),
        "delete" => client.DeleteRuleAsync("room", "!old:localhost"),
        "disable" => client.EnableRuleAsync("room", "!old:localhost", enabled: false),
        "enable" => client.EnableRuleAsync("room", "!silent:localhost", enabled: true),
        "actions" => client.SetActionsAsync("room", "!old:localhost"),
        "default actions" => client.SetActionsAsync("override", ".m.rule.suppress_notices", "\"notify\""),
        _ => client.EnableRuleAsync("override", ".m.rule.master", enabled: true),
    };
}
