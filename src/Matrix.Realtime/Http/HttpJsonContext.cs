using System.Text.Json;
using System.Text.Json.Serialization;

namespace Matrix.Realtime.Http;

[JsonSerializable(typeof(EmptyResponse))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(int))]
internal sealed partial class HttpJsonContext : JsonSerializerContext;
