using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Matrix.Realtime.Json;

namespace Matrix.Realtime.Accounts.Tokens;

/// <summary>The form of tokens: 256 random bits behind a prefix that tells them from other secrets.</summary>
/// <param name="prefix">Four characters, of ASCII.</param>
internal sealed class TokenForm(string prefix)
{
    private const int SecretBytes = 32;
    private const int Length = 47;

    public string Create() => prefix + UnpaddedBase64.EncodeUrlSafe(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>What is kept of a token; false for text that cannot be a token of this kind.</summary>
    /// <remarks>A plain hash is enough: the secret has too many values to be guessed.</remarks>
    public bool TryHash(string token, [NotNullWhen(true)] out string? hash)
    {
        if (token.Length != Length || !token.StartsWith(prefix, StringComparison.Ordinal) || !Ascii.IsValid(token))
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
