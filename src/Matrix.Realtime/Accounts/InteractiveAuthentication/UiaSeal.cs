using System.Security.Cryptography;
using System.Text;
using Matrix.Realtime.Json;

namespace Matrix.Realtime.Accounts.InteractiveAuthentication;

/// <summary>
/// Keeps the request of a session unreadable for whoever has the database alone: it is encrypted by a key made of the
/// session's id, of which only a hash is stored.
/// </summary>
internal static class UiaSeal
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public static string Hash(string sessionId) =>
        UnpaddedBase64.EncodeUrlSafe(SHA256.HashData(Encoding.UTF8.GetBytes(sessionId)));

    /// <summary>Encrypts; the result is nonce, tag and ciphertext.</summary>
    public static byte[] Close(string sessionId, byte[] request)
    {
        var result = new byte[NonceBytes + TagBytes + request.Length];
        RandomNumberGenerator.Fill(result.AsSpan(0, NonceBytes));
        using var cipher = CipherFor(sessionId);
        cipher.Encrypt(
            result.AsSpan(0, NonceBytes),
            request,
            result.AsSpan(NonceBytes + TagBytes),
            result.AsSpan(NonceBytes, TagBytes));
        return result;
    }

    public static byte[] Open(string sessionId, ReadOnlySpan<byte> sealedRequest)
    {
        var request = new byte[sealedRequest.Length - NonceBytes - TagBytes];
        using var cipher = CipherFor(sessionId);
        cipher.Decrypt(
            sealedRequest[..NonceBytes],
            sealedRequest[(NonceBytes + TagBytes)..],
            sealedRequest.Slice(NonceBytes, TagBytes),
            request);
        return request;
    }

    private static AesGcm CipherFor(string sessionId)
    {
        var secret = Encoding.UTF8.GetBytes(sessionId);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, KeyBytes, info: "uia request"u8.ToArray());
        return new(key, TagBytes);
    }
}
