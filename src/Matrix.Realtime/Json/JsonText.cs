using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Matrix.Realtime.Json;

/// <summary>Writes strings and integers in the shortest form, for pieces of JSON that are assembled by hand.</summary>
internal static class JsonText
{
    private const int MaxDigits = 20;

    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(code => (char)code), '"', '\\']);

    /// <summary>Appends a quoted string: only quotes, backslashes and control characters are escaped.</summary>
    public static void WriteString(IBufferWriter<byte> output, ReadOnlySpan<char> value)
    {
        output.Write("\""u8);
        for (var next = value.IndexOfAny(Escaped); next >= 0; next = value.IndexOfAny(Escaped))
        {
            Encoding.UTF8.GetBytes(value[..next], output);
            WriteEscape(output, value[next]);
            value = value[(next + 1)..];
        }

        Encoding.UTF8.GetBytes(value, output);
        output.Write("\""u8);
    }

    /// <summary>Appends an integer.</summary>
    public static void WriteNumber(IBufferWriter<byte> output, long value)
    {
        Utf8Formatter.TryFormat(value, output.GetSpan(MaxDigits), out var written);
        output.Advance(written);
    }

    private static void WriteEscape(IBufferWriter<byte> output, char value)
    {
        var escape = value switch
        {
            '\b' => "\\b"u8,
            '\t' => "\\t"u8,
            '\n' => "\\n"u8,
            '\f' => "\\f"u8,
            '\r' => "\\r"u8,
            '"' => "\\\""u8,
            '\\' => "\\\\"u8,
            _ => ""u8,
        };
        if (!escape.IsEmpty)
        {
            output.Write(escape);
            return;
        }

        output.Write("\\u00"u8);
        output.Write([HexDigit(value >> 4), HexDigit(value & 0xF)]);
    }

    private static byte HexDigit(int value) => (byte)(value < 10 ? '0' + value : 'a' + value - 10);
}
