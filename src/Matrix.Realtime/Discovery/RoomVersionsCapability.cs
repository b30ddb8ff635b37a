using System.Text.Json.Serialization;

namespace Matrix.Realtime.Discovery;

/// <summary>The room versions that rooms can be created in.</summary>
internal sealed record RoomVersionsCapability
{
    public static readonly RoomVersionsCapability Current = new()
    {
        Default = "12",
        Available = new Dictionary<string, string> { ["10"] = "stable", ["11"] = "stable", ["12"] = "stable" },
    };

    [JsonPropertyName("default")]
    public required string Default { get; init; }

    [JsonPropertyName("available")]
    public required IReadOnlyDictionary<string, string> Available { get; init; }
}
