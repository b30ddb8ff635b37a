using System.Buffers;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Rooms.Reading;

/// <summary>Writes events for one recipient: the shared piece, and what of <c>unsigned</c> is theirs.</summary>
internal readonly struct ClientEventWriter(Requester recipient, DateTimeOffset now)
{
    private readonly long _nowMs = now.ToUnixTimeMilliseconds();

    /// <summary>
    /// Writes one event; <paramref name="roomId"/> is null where the response names the room around it.
    /// </summary>
    public void Write(IBufferWriter<byte> output, RoomEvent roomEvent, RoomId? roomId = null)
    {
        var isOwn = roomEvent.Sender == recipient.UserId && roomEvent.DeviceId == recipient.DeviceId;
        ClientEventFormat.Write(output, roomEvent.ClientPiece, roomId, new EventUnsigned
        {
            Age = Math.Max(0, _nowMs - roomEvent.Pdu.OriginServerTs),
            TransactionId = isOwn ? roomEvent.TransactionId : null,
            RedactedBecause = roomEvent.RedactedBecause is { } redaction ? Encode(redaction, roomId) : default,
        });
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

    private ReadOnlyMemory<byte> Encode(RoomEvent redaction, RoomId? roomId)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(output, redaction, roomId);
        return output.WrittenMemory;
    }
}
