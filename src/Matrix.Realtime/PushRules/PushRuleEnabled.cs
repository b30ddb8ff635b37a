using System.Text.Json.Serialization;

namespace Matrix.Realtime.PushRules;

/// <summary>Whether a rule is enabled, in requests and responses.</summary>
internal sealed record PushRuleEnabled
{
    [JsonPropertyName("enabled")]
    public required bool Enabled { get; init; }
}
