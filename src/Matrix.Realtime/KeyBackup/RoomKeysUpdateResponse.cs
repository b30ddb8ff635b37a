using System.Globalization;
using System.Text.Json.Serialization;

namespace Matrix.Realtime.KeyBackup;

/// <summary>The answer to all that changes the keys of a backup.</summary>
internal sealed record RoomKeysUpdateResponse(
    [property: JsonPropertyName("etag")] string Etag,
    [property: JsonPropertyName("count")] long Count)
{
    public static RoomKeysUpdateResponse Of(KeyBackupRow backup) =>
        new(backup.Etag.ToString(CultureInfo.InvariantCulture), backup.Count);
}
