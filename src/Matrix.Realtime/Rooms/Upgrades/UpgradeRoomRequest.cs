using System.Text.Json;
using System.Text.Json.Serialization;

namespace Matrix.Realtime.Rooms.Upgrades;

/// <summary>The body of <c>upgrade</c>.</summary>
internal sealed record UpgradeRoomRequest
{
    [JsonPropertyName("new_version")]
    public required string NewVersion { get; init; }

    /// <summary>Looked at only where the new version has such creators.</summary>
    [JsonPropertyName("additional_creators")]
    public JsonElement? AdditionalCreators { get; init; }
}
