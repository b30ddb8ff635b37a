using System.Buffers.Text;

namespace Matrix.Realtime.Json;

/// <summary>Base64 without trailing <c>=</c>, in both alphabets of the appendices.</summary>
internal static class UnpaddedBase64
{
    public static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    public static string EncodeUrlSafe(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    /// <summary>Decodes the standard alphabet, with or without padding.</summary>
    public static bool TryDecode(string text, out byte[] bytes)
    {
        var trimmed = text.TrimEnd('=');
        var padded = trimmed.PadRight((trimmed.Length + 3) / 4 * 4, '=');
        bytes = new byte[padded.Length / 4 * 3];
        if (!Convert.TryFromBase64String(padded, bytes, out var written))
        {
            bytes = [];
            return false;
        }

        Array.Resize(ref bytes, written);
        return true;
    }
}
