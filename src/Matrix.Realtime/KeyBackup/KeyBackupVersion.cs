using System.Globalization;

namespace Matrix.Realtime.KeyBackup;

/// <summary>The versions of a user's backups: counted from 1 up, and strings on the wire.</summary>
internal static class KeyBackupVersion
{
    /// <summary>What no backup has.</summary>
    private const long None = 0;

    /// <summary>The version that a text names as the server writes it; else one that no backup has.</summary>
    public static long Parse(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && Format(version) == text
            ? version
            : None;

    public static string Format(long version) => version.ToString(CultureInfo.InvariantCulture);
}
