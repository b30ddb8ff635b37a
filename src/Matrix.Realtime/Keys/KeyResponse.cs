using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Keys;

/// <summary>Encodes answers that hold keys, which are copied as they are stored.</summary>
internal static class KeyResponse
{
    private static readonly JsonWriterOptions Options = new()
    {
        SkipValidation = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Encodes an object whose members the function writes.</summary>
    public static byte[] Encode(Action<Utf8JsonWriter> writeMembers)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>Names the servers that cannot be asked.</summary>
    public static void WriteFailures(this Utf8JsonWriter json, LocalServer server, IEnumerable<UserId> users)
    {
        json.WriteStartObject("failures"u8);
        foreach (var other in server.OthersOf(users))
        {
            json.WriteStartObject(other);
            json.WriteNumber("status"u8, 503);
            json.WriteString("message"u8, "This server does not federate."u8);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
