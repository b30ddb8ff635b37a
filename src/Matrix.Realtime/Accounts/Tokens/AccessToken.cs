using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Matrix.Realtime.Json;

namespace Matrix.Realtime.Accounts.Tokens;

/// <summary>The form of access tokens: 256 random bits behind a prefix that tells them from other secrets.</summary>
internal static class AccessToken
{
    private const string Prefix = "mrt_";
    private const int SecretBytes = 32;
    private const int Length = 47;

    public static string Create() =>
        Prefix + UnpaddedBase64.EncodeUrlSafe(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>What is kept of a token; false for text that cannot be a token of this server.</summary>
    /// <remarks>A plain hash is enough: the secret has too many values to be guessed.</remarks>
    public static bool TryHash(string token, [NotNullWhen(true)] out string? hash)
    {
        if (token.Length != Length || !token.StartsWith(Prefix, StringComparison.Ordinal) || !Ascii.IsValid(token))
        {
            hash = null;
            return false;
        }

        hash = Hash(token);
        return true;
    }

    public static string Hash(string token)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), digest);
        return UnpaddedBase64.EncodeUrlSafe(digest);
    }
}
