using System.Text.Json;

namespace Matrix.Realtime.PushRules;

/// <summary>A push rule as clients write and read it.</summary>
internal sealed record PushRule
{
    public required PushRuleKind Kind { get; init; }

    public required string RuleId { get; init; }

    /// <summary>Whether the server made the rule; its texts may then stand for the recipient's.</summary>
    public bool IsDefault { get; init; }

    public bool Enabled { get; init; } = true;

    /// <summary>An array of actions.</summary>
    public required JsonElement Actions { get; init; }

    /// <summary>An array of conditions; null unless the rule is an override or underride.</summary>
    public JsonElement? Conditions { get; init; }

    /// <summary>What to look for in the body; null unless this is a content rule.</summary>
    public string? Pattern { get; init; }
}
