using System.Diagnostics.CodeAnalysis;

namespace Matrix.Realtime.Keys;

/// <summary>The names of keys: an algorithm, a colon, and what tells the key from others of it.</summary>
internal static class KeyIds
{
    public const string SignedCurve25519 = "signed_curve25519";

    private const string Ed25519 = "ed25519";

    /// <summary>The name of a signing key: of a device by its id, of a cross-signing key by the public half.</summary>
    public static string OfSigningKey(string name) => $"{Ed25519}:{name}";

    /// <summary>Whether the key is a signing key, and what it is called without the algorithm.</summary>
    public static bool IsSigningKey(string keyId, [NotNullWhen(true)] out string? name)
    {
        name = keyId.StartsWith(OfSigningKey(""), StringComparison.Ordinal) ? keyId[(Ed25519.Length + 1)..] : null;
        return name is not null;
    }

    /// <summary>Takes a name apart.</summary>
    public static bool TrySplit(
        string keyId, [NotNullWhen(true)] out string? algorithm, [NotNullWhen(true)] out string? name)
    {
        var colon = keyId.IndexOf(':', StringComparison.Ordinal);
        var isKeyId = colon > 0 && colon < keyId.Length - 1;
        algorithm = isKeyId ? keyId[..colon] : null;
        name = isKeyId ? keyId[(colon + 1)..] : null;
        return isKeyId;
    }
}
