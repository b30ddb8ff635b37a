using System.Text.Json;
using System.Text.Json.Serialization;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Rooms.Creation;

/// <summary>The body of <c>createRoom</c>.</summary>
internal sealed record CreateRoomRequest
{
    [JsonPropertyName("visibility")]
    public string? Visibility { get; init; }

    [JsonPropertyName("room_alias_name")]
    public string? RoomAliasName { get; init; }

    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("topic")]
    public string? Topic { get; init; }

    [JsonPropertyName("invite")]
    public IReadOnlyList<UserId>? Invite { get; init; }

    [JsonPropertyName("invite_3pid")]
    public IReadOnlyList<JsonElement>? InviteThirdParty { get; init; }

    [JsonPropertyName("room_version")]
    public string? RoomVersion { get; init; }

    [JsonPropertyName("creation_content")]
    public JsonElement? CreationContent { get; init; }

    [JsonPropertyName("initial_state")]
    public IReadOnlyList<InitialStateEvent>? InitialState { get; init; }

    [JsonPropertyName("preset")]
    public string? Preset { get; init; }

    [JsonPropertyName("is_direct")]
    public bool? IsDirect { get; init; }

    [JsonPropertyName("power_level_content_override")]
    public JsonElement? PowerLevelContentOverride { get; init; }
}
