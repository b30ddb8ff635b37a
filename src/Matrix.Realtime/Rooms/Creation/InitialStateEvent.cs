using System.Text.Json;
using System.Text.Json.Serialization;

namespace Matrix.Realtime.Rooms.Creation;

/// <summary>One entry of <c>initial_state</c>.</summary>
internal sealed record InitialStateEvent
{
    [JsonPropertyName("type")]
    public required string Type { get; init; }

    [JsonPropertyName("state_key")]
    public string? StateKey { get; init; }

    [JsonPropertyName("content")]
    public required JsonElement Content { get; init; }
}
