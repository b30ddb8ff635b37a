using System.Text.Json.Serialization;

namespace Matrix.Realtime.Search.Users;

/// <summary>The body of a search for users.</summary>
internal sealed record UserDirectoryRequest
{
    [JsonPropertyName("search_term")]
    public required string SearchTerm { get; init; }

    [JsonPropertyName("limit")]
    public long? Limit { get; init; }
}
