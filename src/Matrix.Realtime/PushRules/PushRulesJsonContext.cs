using System.Text.Json.Serialization;

namespace Matrix.Realtime.PushRules;

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(PushRuleActions))]
[JsonSerializable(typeof(PushRuleChanges))]
[JsonSerializable(typeof(PushRuleEnabled))]
[JsonSerializable(typeof(SetPushRuleRequest))]
internal sealed partial class PushRulesJsonContext : JsonSerializerContext;
