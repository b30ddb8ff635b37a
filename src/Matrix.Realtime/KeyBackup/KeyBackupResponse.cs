using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Matrix.Realtime.KeyBackup;

/// <summary>The answer to <c>getRoomKeysVersion</c> and <c>getRoomKeysVersionCurrent</c>.</summary>
internal sealed record KeyBackupResponse(
    [property: JsonPropertyName("algorithm")] string Algorithm,
    [property: JsonPropertyName("auth_data")] JsonElement AuthData,
    [property: JsonPropertyName("count")] long Count,
    [property: JsonPropertyName("etag")] string Etag,
    [property: JsonPropertyName("version")] string Version)
{
    public static KeyBackupResponse Of(KeyBackupRow backup) => new(
        backup.Algorithm,
        JsonElement.Parse(backup.AuthData),
        backup.Count,
        backup.Etag.ToString(CultureInfo.InvariantCulture),
        KeyBackupVersion.Format(backup.Version));
}
