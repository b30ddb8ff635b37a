using System.Text.Json;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.PushRules;
using Matrix.Realtime.PushRules.Evaluation;

namespace Matrix.Realtime.Tests.PushRules.Evaluation;

public sealed class PushRulesetTests
{
    private static readonly PushEvent Hello = PushEvents.Event(
        "m.room.message", """{"body":"hello","m.mentions":{"user_ids":["@alice:localhost"]}}""");

    // NOT-20: every rule matches; each disabled one lets the next decide.
    [Fact]
    public void Evaluate_RulesOfAllKinds_TriesThemInOrder()
    {
        var order = new[]
        {
            (PushRuleKind.Override, "o1"), (PushRuleKind.Override, "o2"),
            (PushRuleKind.Override, ".m.rule.is_user_mention"),
            (PushRuleKind.Content, "c"), (PushRuleKind.Room, "!room:localhost"),
            (PushRuleKind.Sender, "@bob:localhost"), (PushRuleKind.Underride, "u"),
            (PushRuleKind.Underride, ".m.rule.message"),
        };
        var changes = PushRuleChanges.None;
        foreach (var (kind, id) in order.Reverse().Where(rule => !rule.Item2.StartsWith('.')))
        {
            changes = changes.Put(Rule(kind, id), default);
        }

        foreach (var (kind, id) in order)
        {
            changes = changes.Change(PushEvents.Defaults, new(kind, id), rule => rule with { Actions = Actions(id) })!;
        }

        foreach (var (kind, id) in order)
        {
            Assert.Equal(id, Sound(changes));
            changes = changes.Change(PushEvents.Defaults, new(kind, id), rule => rule with { Enabled = false })!;
        }

        Assert.Null(Sound(changes));
    }

    // NOT-20
    [Fact]
    public void Evaluate_MasterEnabled_SilencesEvenRulesOfTheUser()
    {
        var changes = PushRuleChanges.None.Put(Rule(PushRuleKind.Override, "mine"), default);
        Assert.True(Evaluate(changes).Notify);

        changes = changes.Change(
            PushEvents.Defaults, new(PushRuleKind.Override, ".m.rule.master"), rule => rule with { Enabled = true })!;

        Assert.False(Evaluate(changes).Notify);
    }

    // NOT-28
    [Theory]
    [InlineData("[]", false, false)]
    [InlineData("""["dont_notify"]""", false, false)]
    [InlineData("""["coalesce"]""", false, false)]
    [InlineData("""["dont_notify","notify"]""", true, false)]
    [InlineData("""["notify",{"set_tweak":"highlight"}]""", true, true)]
    [InlineData("""["notify",{"set_tweak":"highlight","value":true}]""", true, true)]
    [InlineData("""["notify",{"set_tweak":"highlight","value":false}]""", true, false)]
    [InlineData("""["notify",{"set_tweak":"sound","value":"highlight"}]""", true, false)]
    [InlineData("""[{"set_tweak":"highlight"}]""", false, false)]
    public void Outcome_OfActions_CountsWhatTheySay(string actions, bool notify, bool highlight)
    {
        var outcome = PushOutcome.Of(JsonElement.Parse(actions));

        Assert.Equal((notify, highlight), (outcome.Notify, outcome.Highlight));
    }

    [Fact]
    public void Change_TakenBack_LeavesTheSharedRuleset()
    {
        var key = new PushRuleKey(PushRuleKind.Override, ".m.rule.master");
        var disturbed = PushRuleChanges.None.Change(PushEvents.Defaults, key, rule => rule with { Enabled = true })!;

        var quiet = disturbed.Change(PushEvents.Defaults, key, rule => rule with { Enabled = false })!;

        Assert.False(Of(disturbed).Ruleset.IsDefault);
        Assert.Same(PushEvents.Defaults.Ruleset, Of(quiet).Ruleset);
        Assert.True(Of(quiet).Ruleset.IsDefault);
    }

    private static PushRule Rule(PushRuleKind kind, string id) => new()
    {
        Kind = kind,
        RuleId = id,
        Actions = Actions(id),
        Conditions = kind is PushRuleKind.Override or PushRuleKind.Underride ? JsonElement.Parse("[]") : null,
        Pattern = kind == PushRuleKind.Content ? "hello" : null,
    };

    private static JsonElement Actions(string sound) =>
        JsonElement.Parse($$"""["notify",{"set_tweak":"sound","value":"{{sound}}"}]""");

    private static string? Sound(PushRuleChanges changes) =>
        Evaluate(changes) is { Notify: true } outcome ? outcome.Actions[1].GetProperty("value").GetString() : null;

    private static PushOutcome Evaluate(PushRuleChanges changes) =>
        Of(changes).Ruleset.Evaluate(Hello, PushEvents.ToAlice);

    private static UserPushRules Of(PushRuleChanges changes) =>
        new(PushEvents.Defaults, PushEvents.Alice, changes, new StreamPosition(changes.IsEmpty ? 0 : 1));
}
