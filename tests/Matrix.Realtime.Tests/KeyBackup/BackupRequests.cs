using System.Net;
using System.Text.Json.Nodes;

namespace Matrix.Realtime.Tests.KeyBackup;

/// <summary>The requests of these tests.</summary>
internal static class BackupRequests
{
    public const string Algorithm = "m.megolm_backup.v1.curve25519-aes-sha2";
    public const string Room = "!room:localhost";
    public const string OtherRoom = "!other:localhost";

    /// <summary>Begins a backup and returns its version.</summary>
    public static async Task<string> CreateBackupAsync(this MatrixClient user)
    {
        var answer = await user.PostAsync("room_keys/version", Backup("first")).ExpectAsync();
        return (string)answer["version"]!;
    }

    public static JsonObject Backup(string publicKey, string algorithm = Algorithm) => new()
    {
        ["algorithm"] = algorithm,
        ["auth_data"] = new JsonObject { ["public_key"] = publicKey },
    };

    public static JsonObject Key(
        bool isVerified = false, long index = 5, long forwarded = 1, string data = "secret") => new()
        {
            ["first_message_index"] = index,
            ["forwarded_count"] = forwarded,
            ["is_verified"] = isVerified,
            ["session_data"] = new JsonObject { ["ciphertext"] = data },
        };

    /// <summary>The body for a room of so many sessions with the same key.</summary>
    public static JsonObject Sessions(IEnumerable<string> sessionIds) =>
        new() { ["sessions"] = new JsonObject(sessionIds.Select(id => KeyValuePair.Create(id, (JsonNode?)Key()))) };

    public static string KeysPath(string version, string? room = null, string? session = null)
    {
        string?[] segments = ["room_keys/keys", Escape(room), Escape(session)];
        return $"{string.Join('/', segments.Where(segment => segment is not null))}?version={version}";

        static string? Escape(string? id) => id is null ? null : MatrixClient.Escape(id);
    }

    public static Task<MatrixResponse> PutKeyAsync(
        this MatrixClient user, string version, string session, JsonObject key, string room = Room) =>
        user.PutAsync(KeysPath(version, room, session), key);

    /// <summary>Etag and count, as the backup tells them.</summary>
    public static async Task<(string Etag, long Count)> GetBackupStateAsync(this MatrixClient user, string version) =>
        State(await user.GetAsync($"room_keys/version/{version}").ExpectAsync());

    /// <summary>Etag and count, as an answer tells them.</summary>
    public static (string Etag, long Count) State(JsonObject answer) =>
        ((string)answer["etag"]!, (long)answer["count"]!);

    public static Task<JsonObject> ExpectUnknownAsync(this Task<MatrixResponse> response) =>
        response.ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
}
