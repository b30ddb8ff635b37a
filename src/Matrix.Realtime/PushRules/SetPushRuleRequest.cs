using System.Text.Json;
using System.Text.Json.Serialization;

namespace Matrix.Realtime.PushRules;

/// <summary>The body of a request that makes or replaces a rule.</summary>
internal sealed record SetPushRuleRequest
{
    [JsonPropertyName("actions")]
    public required JsonElement Actions { get; init; }

    [JsonPropertyName("conditions")]
    public JsonElement? Conditions { get; init; }

    [JsonPropertyName("pattern")]
    public string? Pattern { get; init; }
}
