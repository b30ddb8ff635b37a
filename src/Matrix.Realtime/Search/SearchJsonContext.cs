using System.Text.Json.Serialization;
using Matrix.Realtime.Search.Events;
using Matrix.Realtime.Search.Users;

namespace Matrix.Realtime.Search;

[JsonSerializable(typeof(SearchRequest))]
[JsonSerializable(typeof(UserDirectoryRequest))]
[JsonSerializable(typeof(UserDirectoryResponse))]
internal sealed partial class SearchJsonContext : JsonSerializerContext;
