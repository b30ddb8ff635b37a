using System.Globalization;
using Matrix.Realtime.Json;
using NSec.Cryptography;

namespace Matrix.Realtime.Rooms.Events;

/// <summary>The Ed25519 key with which this server signs its events.</summary>
internal sealed class ServerSigningKey : IDisposable
{
    private const string Algorithm = "ed25519";

    private readonly Key _key;

    private ServerSigningKey(string keyId, Key key)
    {
        KeyId = keyId;
        _key = key;
    }

    /// <summary>The signing key identifier: <c>ed25519:</c> and a version that is never used for another key.</summary>
    public string KeyId { get; }

    /// <summary>The public key, as other servers learn it.</summary>
    public byte[] PublicKey => _key.Export(KeyBlobFormat.RawPublicKey);

    /// <summary>A new random key whose version is the second of its making.</summary>
    public static ServerSigningKey Generate(TimeProvider timeProvider)
    {
        var version = timeProvider.GetUtcNow().ToUnixTimeSeconds().ToString("x", CultureInfo.InvariantCulture);
        return new($"{Algorithm}:{version}", Key.Create(SignatureAlgorithm.Ed25519, Exportable));
    }

    /// <summary>The key of a stored seed.</summary>
    /// <exception cref="FormatException">The seed does not have 32 bytes.</exception>
    public static ServerSigningKey Import(string keyId, ReadOnlySpan<byte> seed) =>
        new(keyId, Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey, Exportable));

    /// <summary>Whether the signature of the data was made with the private half of the public key.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        NSec.Cryptography.PublicKey.TryImport(
            SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey, out var key)
        && SignatureAlgorithm.Ed25519.Verify(key!, data, signature);

    /// <summary>The private seed of 32 bytes, to be stored and given to <see cref="Import"/>.</summary>
    public byte[] ExportSeed() => _key.Export(KeyBlobFormat.RawPrivateKey);

    /// <summary>Signs the canonical JSON of an object without <c>signatures</c> and <c>unsigned</c>.</summary>
    /// <returns>The signature in unpadded base64, as it stands under <c>signatures</c>.</returns>
    public string Sign(ReadOnlySpan<byte> canonicalJson) =>
        UnpaddedBase64.Encode(SignatureAlgorithm.Ed25519.Sign(_key, canonicalJson));

    public void Dispose() => _key.Dispose();

    private static KeyCreationParameters Exportable =>
        new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
}
