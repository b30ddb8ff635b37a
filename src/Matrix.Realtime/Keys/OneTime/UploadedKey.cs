using System.Text;
using System.Text.Json;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Json;

namespace Matrix.Realtime.Keys.OneTime;

/// <summary>A one-time or fallback key as its device uploads it.</summary>
/// <param name="Algorithm">What it is for.</param>
/// <param name="KeyId">Its name, without the algorithm.</param>
/// <param name="Json">The key, in canonical JSON.</param>
internal sealed record UploadedKey(string Algorithm, string KeyId, byte[] Json)
{
    private const int MaxNameBytes = 255;

    /// <exception cref="MatrixException">400: a key or its name is malformed.</exception>
    public static IReadOnlyList<UploadedKey> ParseAll(IReadOnlyDictionary<string, JsonElement>? keys) =>
        keys is null ? [] : [.. keys.Select(key => Parse(key.Key, key.Value))];

    private static UploadedKey Parse(string name, JsonElement value)
    {
        if (!KeyIds.TrySplit(name, out var algorithm, out var keyId) || Encoding.UTF8.GetByteCount(name) > MaxNameBytes)
        {
            throw MatrixException.InvalidParam(
                $"Keys must be named by algorithm, colon and identifier, in {MaxNameBytes} bytes at most.");
        }

        return value.ValueKind is JsonValueKind.String or JsonValueKind.Object
            ? new(algorithm, keyId, CanonicalJson.Serialize(value))
            : throw MatrixException.BadJson("Keys must be strings or objects.");
    }
}
