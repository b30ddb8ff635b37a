using System.Text.Json.Serialization;

namespace Matrix.Realtime.KeyBackup;

[JsonSerializable(typeof(KeyBackupData))]
[JsonSerializable(typeof(KeyBackupRequest))]
[JsonSerializable(typeof(KeyBackupResponse))]
[JsonSerializable(typeof(KeyBackupVersionResponse))]
[JsonSerializable(typeof(RoomKeyBackup))]
[JsonSerializable(typeof(RoomKeysRequest))]
[JsonSerializable(typeof(RoomKeysUpdateResponse))]
internal sealed partial class KeyBackupJsonContext : JsonSerializerContext;
