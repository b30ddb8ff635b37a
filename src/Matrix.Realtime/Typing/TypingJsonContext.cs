using System.Text.Json.Serialization;

namespace Matrix.Realtime.Typing;

[JsonSerializable(typeof(SetTypingRequest))]
internal sealed partial class TypingJsonContext : JsonSerializerContext;
