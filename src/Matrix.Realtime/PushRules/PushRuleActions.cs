using System.Text.Json;
using System.Text.Json.Serialization;

namespace Matrix.Realtime.PushRules;

/// <summary>The actions of a rule, in requests and responses.</summary>
internal sealed record PushRuleActions
{
    [JsonPropertyName("actions")]
    public required JsonElement Actions { get; init; }
}
