using System.Buffers;
using System.Text;
using Matrix.Realtime.Errors;

namespace Matrix.Realtime.Profiles;

/// <summary>The names of profile fields.</summary>
internal static class ProfileKeys
{
    public const string DisplayName = "displayname";
    public const string AvatarUrl = "avatar_url";

    private const int MaxBytes = 255;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>Whether the field is copied into the user's member events.</summary>
    public static bool IsInMemberEvents(string key) => key is DisplayName or AvatarUrl;

    /// <summary>Refuses what is not a common namespaced identifier (appendices) of at most 255 bytes.</summary>
    /// <exception cref="MatrixException">M_KEY_TOO_LARGE or M_INVALID_PARAM.</exception>
    public static void Require(string key)
    {
        if (Encoding.UTF8.GetByteCount(key) > MaxBytes)
        {
            throw MatrixException.BadRequest(MatrixErrorCodes.KeyTooLarge, "The key has more than 255 bytes.");
        }

        if (key.Length == 0 || !char.IsAsciiLetterLower(key[0]) || key.AsSpan().ContainsAnyExcept(Allowed))
        {
            throw MatrixException.InvalidParam("The key must begin with a-z and consist of a-z, 0-9, '-', '_' and '.'.");
        }
    }
}
