using System.Text.Json.Serialization;

namespace Matrix.Realtime.KeyBackup;

/// <summary>The answer to <c>postRoomKeysVersion</c>.</summary>
internal sealed record KeyBackupVersionResponse([property: JsonPropertyName("version")] string Version);
