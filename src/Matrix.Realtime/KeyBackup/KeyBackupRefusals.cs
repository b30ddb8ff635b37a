using Matrix.Realtime.Errors;
using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.KeyBackup;

/// <summary>What a backup answers when it cannot do what was asked for, in the specification's words.</summary>
internal static class KeyBackupRefusals
{
    public static MatrixException NoBackup() => MatrixException.NotFound("No current backup version");

    public static MatrixException UnknownVersion() => MatrixException.NotFound("Unknown backup version");

    public static MatrixException NoKey() => MatrixException.NotFound("Key not found.");

    /// <summary>Keys go into the current backup only, and it is another one.</summary>
    public static MatrixException WrongVersion(long current) =>
        new(StatusCodes.Status403Forbidden, MatrixErrorCodes.WrongRoomKeysVersion, "Wrong backup version.")
        {
            Details = new Dictionary<string, object> { ["current_version"] = KeyBackupVersion.Format(current) },
        };
}
