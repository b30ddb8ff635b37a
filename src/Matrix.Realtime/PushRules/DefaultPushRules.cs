using System.Text.Json;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.PushRules.Evaluation;
using Matrix.Realtime.Rooms.Events;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.PushRules;

/// <summary>The push rules that every user has from the start (client-server API, "Predefined Rules").</summary>
internal sealed partial class DefaultPushRules
{
    /// <summary>Stands in the rules where each user's own id belongs.</summary>
    public const string Recipient = "<user>";

    /// <summary>Stands in the rules where the local part of each user's id belongs.</summary>
    public const string RecipientName = "<name>";

    /// <summary>The rule that precedes even the rules that users make.</summary>
    public const string Master = ".m.rule.master";

    public DefaultPushRules(IOptions<RealtimeOptions> options)
    {
        var withLegacy = options.Value.PushRules.LegacyMentions;
        Rules = Read(JsonElement.Parse(Text))
            .Where(rule => withLegacy || !IsLegacy(rule.RuleId))
            .ToLookup(rule => rule.Kind);
        Ruleset = new(Rules.SelectMany(kind => kind), StreamPosition.Zero);
    }

    /// <summary>The rules of each kind, in order.</summary>
    public ILookup<PushRuleKind, PushRule> Rules { get; }

    /// <summary>The rules ready for evaluation, shared by all who changed nothing.</summary>
    public PushRuleset Ruleset { get; }

    /// <summary>
    /// Whether a rule searches bodies for names, which it must not do where the sender tells whom they mention.
    /// </summary>
    public static bool IsLegacy(string ruleId) =>
        ruleId is ".m.rule.contains_display_name" or ".m.rule.roomnotif" or ".m.rule.contains_user_name";

    /// <summary>The rule of this name.</summary>
    public PushRule? Find(PushRuleKey key) => Rules[key.Kind].FirstOrDefault(rule => rule.RuleId == key.RuleId);

    private static IEnumerable<PushRule> Read(JsonElement ruleset) =>
        from kind in Enum.GetValues<PushRuleKind>()
        from rule in ruleset.GetProperty(PushRuleKinds.NameOf(kind)).EnumerateArray()
        select new PushRule
        {
            Kind = kind,
            RuleId = rule.GetProperty("rule_id").GetString()!,
            IsDefault = true,
            Enabled = rule.GetProperty("enabled").GetBoolean(),
            Actions = rule.GetProperty("actions"),
            Conditions = rule.TryGet("conditions", out var conditions) ? conditions : null,
            Pattern = rule.String("pattern"),
        };
}
