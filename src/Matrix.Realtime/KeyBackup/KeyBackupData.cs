using System.Text.Json;
using System.Text.Json.Serialization;

namespace Matrix.Realtime.KeyBackup;

/// <summary>The key of a session, as a client uploads it.</summary>
/// <remarks>A struct, so that null in its place is not of the expected shape.</remarks>
internal readonly record struct KeyBackupData
{
    [JsonPropertyName("first_message_index")]
    public required long FirstMessageIndex { get; init; }

    [JsonPropertyName("forwarded_count")]
    public required long ForwardedCount { get; init; }

    [JsonPropertyName("is_verified")]
    public required bool IsVerified { get; init; }

    /// <summary>What only the user's devices can read, kept as it is.</summary>
    [JsonPropertyName("session_data")]
    public required JsonElement SessionData { get; init; }
}
