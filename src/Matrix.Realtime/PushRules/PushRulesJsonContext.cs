using System.Text.Json.Serialization;

namespace Matrix.Realtime.PushRules;

[JsonSerializable(typeof(long))]
internal sealed partial class PushRulesJsonContext : JsonSerializerContext;
