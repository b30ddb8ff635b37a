using System.Text.Json;
using System.Text.Json.Serialization;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.PushRules;

/// <summary>A push rule; those that users made are stored as this.</summary>
internal sealed record PushRule
{
    [JsonPropertyName("kind")]
    public required PushRuleKind Kind { get; init; }

    [JsonPropertyName("rule_id")]
    public required string RuleId { get; init; }

    /// <summary>Whether the server made the rule; its texts may then stand for the recipient's.</summary>
    [JsonIgnore]
    public bool IsDefault { get; init; }

    [JsonPropertyName("enabled")]
    public bool Enabled { get; init; } = true;

    /// <summary>An array of actions.</summary>
    [JsonPropertyName("actions")]
    public required JsonElement Actions { get; init; }

    /// <summary>An array of conditions; null unless the rule is an override or underride.</summary>
    [JsonPropertyName("conditions")]
    public JsonElement? Conditions { get; init; }

    /// <summary>What to look for in the body; null unless this is a content rule.</summary>
    [JsonPropertyName("pattern")]
    public string? Pattern { get; init; }

    /// <summary>The rule for another room: whatever it says of the one, it says of the other.</summary>
    public PushRule ForRoom(RoomId from, RoomId to) => this with
    {
        RuleId = to.Value,
        Conditions = Conditions is { } conditions
            ? JsonElement.Parse(
                conditions.GetRawText().Replace($"\"{from}\"", $"\"{to}\"", StringComparison.Ordinal))
            : null,
    };
}
