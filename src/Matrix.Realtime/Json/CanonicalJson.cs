using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using Matrix.Realtime.Errors;

namespace Matrix.Realtime.Json;

/// <summary>
/// The one encoding of a JSON value that hashes and signatures are made over (appendices, "Canonical JSON"):
/// keys sorted by codepoint, no white space, shortest escapes, integers only.
/// </summary>
/// <remarks>
/// Where a key is repeated the last one counts, as everywhere in System.Text.Json. Numbers with a fraction or an
/// exponent are refused, even where their value is whole: room versions from 6 on demand it of events.
/// </remarks>
internal static class CanonicalJson
{
    /// <summary>The greatest integer that a canonical value may hold; the least is its negation.</summary>
    public const long MaxInteger = (1L << 53) - 1;

    /// <summary>Encodes a value.</summary>
    /// <exception cref="MatrixException">The value holds a number or a string that canonical JSON forbids.</exception>
    public static byte[] Serialize(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(output, value);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Appends a value.</summary>
    /// <exception cref="MatrixException">The value holds a number or a string that canonical JSON forbids.</exception>
    public static void Write(IBufferWriter<byte> output, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(output, value);
                break;
            case JsonValueKind.Array:
                WriteArray(output, value);
                break;
            case JsonValueKind.String:
                WriteString(output, value);
                break;
            case JsonValueKind.Number:
                WriteNumber(output, value);
                break;
            default:
                output.Write(JsonMarshal.GetRawUtf8Value(value));
                break;
        }
    }

    /// <summary>The members of an object in canonical order.</summary>
    /// <exception cref="MatrixException">A key is not valid Unicode.</exception>
    public static SortedList<string, JsonElement> Members(JsonElement value)
    {
        var members = new SortedList<string, JsonElement>(CodePointComparer.Instance);
        foreach (var member in value.EnumerateObject())
        {
            members[Decode(member, static property => property.Name)] = member.Value;
        }

        return members;
    }

    private static void WriteObject(IBufferWriter<byte> output, JsonElement value)
    {
        output.Write("{"u8);
        var separator = ""u8;
        foreach (var (name, member) in Members(value))
        {
            output.Write(separator);
            JsonText.WriteString(output, name);
            output.Write(":"u8);
            Write(output, member);
            separator = ","u8;
        }

        output.Write("}"u8);
    }

    private static void WriteArray(IBufferWriter<byte> output, JsonElement value)
    {
        output.Write("["u8);
        var separator = ""u8;
        foreach (var item in value.EnumerateArray())
        {
            output.Write(separator);
            Write(output, item);
            separator = ","u8;
        }

        output.Write("]"u8);
    }

    private static void WriteString(IBufferWriter<byte> output, JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        if (!raw.Contains((byte)'\\') && Utf8.IsValid(raw))
        {
            output.Write(raw);
            return;
        }

        JsonText.WriteString(output, Decode(value, static element => element.GetString()!));
    }

    private static void WriteNumber(IBufferWriter<byte> output, JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        if (!Utf8Parser.TryParse(raw, out long number, out var consumed) || consumed != raw.Length)
        {
            throw MatrixException.BadJson("Numbers must be integers without fraction and exponent.");
        }

        if (number is > MaxInteger or < -MaxInteger)
        {
            throw MatrixException.BadJson("Integers must lie between -(2^53)+1 and (2^53)-1.");
        }

        JsonText.WriteNumber(output, number);
    }

    private static string Decode<T>(T source, Func<T, string> read)
    {
        try
        {
            return read(source);
        }
        catch (InvalidOperationException)
        {
            throw MatrixException.BadJson("Strings must be valid Unicode.");
        }
    }
}
