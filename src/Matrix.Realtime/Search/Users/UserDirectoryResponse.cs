using System.Text.Json.Serialization;

namespace Matrix.Realtime.Search.Users;

/// <summary>The users found, the best matches first.</summary>
/// <param name="Results">The users.</param>
/// <param name="Limited">Whether there are more.</param>
internal sealed record UserDirectoryResponse(
    [property: JsonPropertyName("results")] IReadOnlyList<DirectoryUser> Results,
    [property: JsonPropertyName("limited")] bool Limited);
