using System.Text.Json.Serialization;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Search.Users;

/// <summary>A user who was found, with what their profile says.</summary>
internal sealed record DirectoryUser(
    [property: JsonPropertyName("user_id")] UserId UserId,
    [property: JsonPropertyName("display_name")]
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    string? DisplayName,
    [property: JsonPropertyName("avatar_url")]
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    string? AvatarUrl);
