using System.Text.Json;
using System.Text.Json.Serialization;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Keys.CrossSigning;
using Matrix.Realtime.Keys.DeviceLists;
using Matrix.Realtime.Keys.Devices;
using Matrix.Realtime.Keys.OneTime;

namespace Matrix.Realtime.Keys;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CrossSigningUploadRequest))]
[JsonSerializable(typeof(DeviceListNews))]
[JsonSerializable(typeof(Dictionary<UserId, Dictionary<string, JsonElement>>))]
[JsonSerializable(typeof(KeyClaimRequest))]
[JsonSerializable(typeof(KeyQueryRequest))]
[JsonSerializable(typeof(KeyUploadRequest))]
[JsonSerializable(typeof(SignaturesUploadResponse))]
internal sealed partial class KeysJsonContext : JsonSerializerContext;
