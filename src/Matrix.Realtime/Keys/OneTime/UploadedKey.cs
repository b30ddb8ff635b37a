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
    private const int MaxBytes = 4096;

    /// <exception cref="MatrixException">400: a key or its name is malformed. 413.</exception>
    public static IReadOnlyList<UploadedKey> ParseAll(IReadOnlyDictionary<string, JsonElement>? keys) =>
        keys is null ? [] : [.. keys.Select(key => Parse(key.Key, key.Value))];

    private static UploadedKey Parse(string name, JsonElement value)
    {
        if (!KeyIds.TrySplit(name, out var algorithm, out var keyId) || Encoding.UTF8.GetByteCount(name) > MaxNameBytes)
        {
            throw MatrixException.InvalidParam(
                $"Keys must be named by algorithm, colon and identifier, in {MaxNameBytes} bytes at most.");
        }

        if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Object))
        {
            throw MatrixException.BadJson("Keys must be strings or objects.");
        }

        var json = CanonicalJson.Serialize(value);
        return json.Length <= MaxBytes
            ? new(algorithm, keyId, json)
            : throw MatrixException.TooLarge($"One-time and fallback keys have at most {MaxBytes} bytes.");
    }
}
