using System.Text.Json.Serialization;
using Matrix.Realtime.Rooms.Versions;

namespace Matrix.Realtime.Discovery;

/// <summary>The room versions that rooms can be created in.</summary>
internal sealed record RoomVersionsCapability
{
    public static readonly RoomVersionsCapability Current = new()
    {
        Default = RoomVersion.Default.Id,
        Available = RoomVersion.All.ToDictionary(version => version.Id, _ => "stable"),
    };

    [JsonPropertyName("default")]
    public required string Default { get; init; }

    [JsonPropertyName("available")]
    public required IReadOnlyDictionary<string, string> Available { get; init; }
}
