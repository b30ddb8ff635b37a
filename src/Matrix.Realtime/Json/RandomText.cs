using System.Security.Cryptography;

namespace Matrix.Realtime.Json;

/// <summary>Unguessable text for identifiers and secrets.</summary>
internal static class RandomText
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Letters and digits, each chosen evenly by the system's cryptographic source.</summary>
    public static string Create(int length) => RandomNumberGenerator.GetString(Letters, length);
}
