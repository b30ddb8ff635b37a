using System.Buffers;
using System.Text.Json;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;

namespace Matrix.Realtime.Rooms.Events;

/// <summary>Encodes events as clients see them.</summary>
/// <remarks>
/// An event is encoded once, into a <em>piece</em>: the JSON that is the same for every recipient, without
/// <c>room_id</c>, <c>unsigned</c> and the closing brace. A writer copies the piece and adds the rest. Fields are
/// copied one by one, so that none of the federation's (hashes, signatures, auth events) reaches a client.
/// </remarks>
internal static class ClientEventFormat
{
    /// <summary>The piece of an event.</summary>
    public static byte[] Encode(Pdu pdu)
    {
        var output = new ArrayBufferWriter<byte>(pdu.ContentJson.Length + 256);
        WriteContent(output, pdu);
        WriteMember(output, ",\"event_id\":"u8, pdu.EventId.Value);
        output.Write(",\"origin_server_ts\":"u8);
        JsonText.WriteNumber(output, pdu.OriginServerTs);
        if (pdu.Redacts is { } redacts)
        {
            WriteMember(output, ",\"redacts\":"u8, redacts.Value);
        }

        WriteMember(output, ",\"sender\":"u8, pdu.Sender.Value);
        if (pdu.StateKey is not null)
        {
            WriteMember(output, ",\"state_key\":"u8, pdu.StateKey);
        }

        WriteMember(output, ",\"type\":"u8, pdu.Type);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Stripped state, complete: <c>content</c>, <c>sender</c>, <c>state_key</c> and <c>type</c>.</summary>
    public static byte[] EncodeStripped(Pdu pdu)
    {
        var output = new ArrayBufferWriter<byte>(pdu.ContentJson.Length + 128);
        WriteContent(output, pdu);
        WriteMember(output, ",\"sender\":"u8, pdu.Sender.Value);
        WriteMember(output, ",\"state_key\":"u8, pdu.StateKey ?? string.Empty);
        WriteMember(output, ",\"type\":"u8, pdu.Type);
        output.Write("}"u8);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Writes a complete event from its piece.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="piece">What <see cref="Encode"/> gave.</param>
    /// <param name="roomId">Null where the surrounding response names the room, as in <c>/sync</c>.</param>
    /// <param name="unsigned">The recipient's part.</param>
    public static void Write(
        IBufferWriter<byte> output, ReadOnlySpan<byte> piece, RoomId? roomId, in EventUnsigned unsigned)
    {
        output.Write(piece);
        if (roomId is { } room)
        {
            WriteMember(output, ",\"room_id\":"u8, room.Value);
        }

        WriteUnsigned(output, unsigned);
        output.Write("}"u8);
    }

    /// <summary>Writes an event in the federation format, for filters that ask for it, with its id and room.</summary>
    public static void WriteFederation(IBufferWriter<byte> output, Pdu pdu, in EventUnsigned unsigned)
    {
        using var document = JsonDocument.Parse(pdu.Json);
        output.Write(pdu.Json.Span[..^1]);
        WriteMember(output, ",\"event_id\":"u8, pdu.EventId.Value);
        if (!document.RootElement.TryGetProperty("room_id", out _))
        {
            WriteMember(output, ",\"room_id\":"u8, pdu.RoomId.Value);
        }

        WriteUnsigned(output, unsigned);
        output.Write("}"u8);
    }

    // Old clients look for redacts at the top level, new ones in the content, whatever the room version.
    private static void WriteContent(IBufferWriter<byte> output, Pdu pdu)
    {
        output.Write("{\"content\":"u8);
        if (pdu.Redacts is not { } redacts)
        {
            output.Write(pdu.ContentJson.Span);
            return;
        }

        var content = new CanonicalObject(pdu.Content);
        content.Set("redacts", redacts.Value);
        output.Write(content.ToBytes());
    }

    private static void WriteUnsigned(IBufferWriter<byte> output, in EventUnsigned unsigned)
    {
        output.Write(",\"unsigned\":{\"age\":"u8);
        JsonText.WriteNumber(output, unsigned.Age);
        if (unsigned.Membership is not null)
        {
            WriteMember(output, ",\"membership\":"u8, unsigned.Membership);
        }

        WriteRaw(output, ",\"m.relations\":"u8, unsigned.Relations);
        WriteRaw(output, ",\"prev_content\":"u8, unsigned.PrevContent);
        WriteRaw(output, ",\"redacted_because\":"u8, unsigned.RedactedBecause);
        if (unsigned.ReplacesState is { } replaced)
        {
            WriteMember(output, ",\"replaces_state\":"u8, replaced.Value);
        }

        if (unsigned.TransactionId is not null)
        {
            WriteMember(output, ",\"transaction_id\":"u8, unsigned.TransactionId);
        }

        output.Write("}"u8);
    }

    private static void WriteMember(IBufferWriter<byte> output, ReadOnlySpan<byte> prefix, string value)
    {
        output.Write(prefix);
        JsonText.WriteString(output, value);
    }

    private static void WriteRaw(IBufferWriter<byte> output, ReadOnlySpan<byte> prefix, ReadOnlyMemory<byte> json)
    {
        if (!json.IsEmpty)
        {
            output.Write(prefix);
            output.Write(json.Span);
        }
    }
}
