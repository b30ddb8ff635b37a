using System.Buffers.Text;

namespace Matrix.Realtime.Json;

/// <summary>Base64 without trailing <c>=</c>, in both alphabets of the appendices.</summary>
internal static class UnpaddedBase64
{
    public static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    public static string EncodeUrlSafe(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    /// <summary>
    /// Decodes the standard alphabet, with or without padding. Takes nothing else, such as white space or spare bits:
    /// each value has these two spellings only.
    /// </summary>
    public static bool TryDecode(string text, out byte[] bytes)
    {
        var trimmed = text.TrimEnd('=');
        var padded = trimmed.PadRight((trimmed.Length + 3) / 4 * 4, '=');
        bytes = new byte[padded.Length / 4 * 3];
        var isBase64 = Convert.TryFromBase64String(padded, bytes, out var written);
        Array.Resize(ref bytes, written);
        return isBase64 && Convert.ToBase64String(bytes) == padded && (text == trimmed || text == padded);
    }
}
