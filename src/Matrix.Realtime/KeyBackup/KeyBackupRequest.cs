using System.Text.Json;
using System.Text.Json.Serialization;

namespace Matrix.Realtime.KeyBackup;

/// <summary>The body of <c>postRoomKeysVersion</c> and <c>putRoomKeysVersion</c>.</summary>
internal sealed record KeyBackupRequest
{
    [JsonPropertyName("algorithm")]
    public required string Algorithm { get; init; }

    /// <summary>What the algorithm needs, kept as it is.</summary>
    [JsonPropertyName("auth_data")]
    public required JsonElement AuthData { get; init; }

    /// <summary>Repeats the version of the path in an update; means nothing in a creation.</summary>
    [JsonPropertyName("version")]
    public string? Version { get; init; }
}
