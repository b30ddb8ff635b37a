using System.Text.Json.Serialization;

namespace Matrix.Realtime.Filters;

[JsonSerializable(typeof(FilterIdResponse))]
internal sealed partial class FiltersJsonContext : JsonSerializerContext;
