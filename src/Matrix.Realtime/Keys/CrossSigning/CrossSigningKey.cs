using System.Text.Json;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;
using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.Keys.CrossSigning;

/// <summary>A cross-signing key of a user.</summary>
/// <param name="Usage">One of <see cref="CrossSigningUsages"/>.</param>
/// <param name="PublicKey">In unpadded base64.</param>
/// <param name="Json">The key as it is published.</param>
internal sealed record CrossSigningKey(string Usage, string PublicKey, SignedJson Json)
{
    private const int PublicKeyBytes = 32;

    /// <summary>What the key is called in signatures.</summary>
    public string KeyId => KeyIds.OfSigningKey(PublicKey);

    /// <exception cref="MatrixException">400: this is no key of the user for that usage. 413.</exception>
    public static CrossSigningKey Parse(JsonElement json, UserId owner, string usage)
    {
        if (!json.TryGet("keys", JsonValueKind.Object, out var keys)
            || !json.TryGet("usage", JsonValueKind.Array, out var usages))
        {
            throw MatrixException.BadJson("A cross-signing key must have 'keys' and 'usage'.");
        }

        if (json.String("user_id") != owner.Value
            || !usages.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.String && item.ValueEquals(usage)))
        {
            throw MatrixException.InvalidParam($"The key is not a {usage} key of yours.");
        }

        var named = keys.EnumerateObject().Take(2).ToList();
        return named is [{ Value.ValueKind: JsonValueKind.String } only]
            && only.Value.GetString() is { } publicKey
            && only.Name == KeyIds.OfSigningKey(publicKey)
            && UnpaddedBase64.TryDecode(publicKey, out var bytes)
            && bytes.Length == PublicKeyBytes
            && publicKey == UnpaddedBase64.Encode(bytes)
                ? new(usage, publicKey, SignedJson.Parse(json))
                : throw MatrixException.InvalidParam("A cross-signing key must hold one ed25519 key named by itself.");
    }

    public static CrossSigningKey From(CrossSigningKeyRow row) =>
        new(row.Usage, row.PublicKey, SignedJson.Read(row.Json));

    public CrossSigningKeyRow ToRow(UserId owner) => new()
    {
        UserId = owner,
        Usage = Usage,
        PublicKey = PublicKey,
        Json = Json.ToStored(owner),
    };
}
