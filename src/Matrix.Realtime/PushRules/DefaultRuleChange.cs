using System.Text.Json;
using System.Text.Json.Serialization;

namespace Matrix.Realtime.PushRules;

/// <summary>What a user changed of a rule that the server made.</summary>
internal sealed record DefaultRuleChange
{
    [JsonPropertyName("enabled")]
    public bool? Enabled { get; init; }

    [JsonPropertyName("actions")]
    public JsonElement? Actions { get; init; }

    public PushRule ApplyTo(PushRule rule) =>
        rule with { Enabled = Enabled ?? rule.Enabled, Actions = Actions ?? rule.Actions };

    /// <summary>What makes the one rule of the other; null if there is no difference.</summary>
    public static DefaultRuleChange? Between(PushRule before, PushRule after)
    {
        var change = new DefaultRuleChange
        {
            Enabled = after.Enabled == before.Enabled ? null : after.Enabled,
            Actions = JsonElement.DeepEquals(after.Actions, before.Actions) ? null : after.Actions,
        };
        return change is { Enabled: null, Actions: null } ? null : change;
    }
}
