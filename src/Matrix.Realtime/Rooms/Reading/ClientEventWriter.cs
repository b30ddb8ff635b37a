using System.Buffers;
using Matrix.Realtime.Filters;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Rooms.Reading;

/// <summary>
/// Writes events of one room for one recipient: the shared piece, and what of <c>unsigned</c> is theirs.
/// </summary>
internal readonly struct ClientEventWriter(EventRecipient recipient, EventDetails details)
{
    private readonly long _nowMs = recipient.Now.ToUnixTimeMilliseconds();

    /// <summary>
    /// Writes one event; <paramref name="roomId"/> is null where the response names the room around it.
    /// </summary>
    public void Write(IBufferWriter<byte> output, RoomEvent roomEvent, RoomId? roomId = null)
    {
        if (recipient.Fields is { } fields)
        {
            fields.Copy(Encode(roomEvent, roomId).Span, output);
            return;
        }

        WriteWhole(output, roomEvent, roomId);
    }

    /// <summary>Writes a JSON array of events.</summary>
    public void WriteArray(IBufferWriter<byte> output, IEnumerable<RoomEvent> events, RoomId? roomId = null)
    {
        output.Write("["u8);
        var separator = ""u8;
        foreach (var roomEvent in events)
        {
            output.Write(separator);
            Write(output, roomEvent, roomId);
            separator = ","u8;
        }

        output.Write("]"u8);
    }

    private void WriteWhole(IBufferWriter<byte> output, RoomEvent roomEvent, RoomId? roomId)
    {
        var unsigned = UnsignedOf(roomEvent, roomId);
        if (recipient.Format == EventFormat.Federation)
        {
            ClientEventFormat.WriteFederation(output, roomEvent.Pdu, unsigned);
        }
        else
        {
            ClientEventFormat.Write(output, roomEvent.ClientPiece, roomId, unsigned);
        }
    }

    private EventUnsigned UnsignedOf(RoomEvent roomEvent, RoomId? roomId)
    {
        var (userId, deviceId) = recipient.Requester;
        var isOwn = roomEvent.Sender == userId && roomEvent.DeviceId == deviceId;
        var replaced = details.FindReplaced(roomEvent);
        var bundle = details.Bundled.GetValueOrDefault(roomEvent.EventId);
        return new EventUnsigned
        {
            Age = Math.Max(0, _nowMs - roomEvent.Pdu.OriginServerTs),
            Membership = details.Room.User.At(roomEvent.Position),
            TransactionId = isOwn ? roomEvent.TransactionId : null,
            PrevContent = replaced is not null && details.CanSee(replaced, userId) ? replaced.Pdu.ContentJson : default,
            ReplacesState = replaced?.EventId,
            RedactedBecause = details.FindRedaction(roomEvent) is { } redaction ? Encode(redaction, roomId) : default,
            Relations = bundle is null ? default : Encode(bundle, roomId),
        };
    }

    private ReadOnlyMemory<byte> Encode(RoomEvent roomEvent, RoomId? roomId)
    {
        var output = new ArrayBufferWriter<byte>();
        WriteWhole(output, roomEvent, roomId);
        return output.WrittenMemory;
    }

    private ReadOnlyMemory<byte> Encode(BundledRelations relations, RoomId? roomId)
    {
        var output = new ArrayBufferWriter<byte>();
        var separator = "{"u8;
        if (relations.References.Count > 0)
        {
            output.Write("{\"m.reference\":{\"chunk\":["u8);
            WriteReferences(output, relations.References);
            output.Write("]}"u8);
            separator = ","u8;
        }

        if (relations.Replacement is { } replacement)
        {
            output.Write(separator);
            output.Write("\"m.replace\":"u8);
            WriteWhole(output, replacement, roomId);
            separator = ","u8;
        }

        if (relations.Thread is { } thread)
        {
            output.Write(separator);
            output.Write("\"m.thread\":{\"count\":"u8);
            JsonText.WriteNumber(output, thread.Count);
            output.Write(thread.HasParticipated
                ? ",\"current_user_participated\":true"u8
                : ",\"current_user_participated\":false"u8);
            output.Write(",\"latest_event\":"u8);
            WriteWhole(output, thread.Latest, roomId);
            output.Write("}"u8);
        }

        output.Write("}"u8);
        return output.WrittenMemory;
    }

    private static void WriteReferences(ArrayBufferWriter<byte> output, IReadOnlyList<EventId> references)
    {
        var separator = "{\"event_id\":"u8;
        foreach (var eventId in references)
        {
            output.Write(separator);
            JsonText.WriteString(output, eventId.Value);
            output.Write("}"u8);
            separator = ",{\"event_id\":"u8;
        }
    }
}
