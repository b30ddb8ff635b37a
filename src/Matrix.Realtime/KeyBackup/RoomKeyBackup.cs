using System.Text.Json.Serialization;

namespace Matrix.Realtime.KeyBackup;

/// <summary>The keys of a room, by session, as a client uploads them.</summary>
/// <remarks>A struct, so that null in its place is not of the expected shape.</remarks>
internal readonly record struct RoomKeyBackup
{
    [JsonPropertyName("sessions")]
    public required IReadOnlyDictionary<string, KeyBackupData> Sessions { get; init; }
}
