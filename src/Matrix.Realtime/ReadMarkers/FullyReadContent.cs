using System.Buffers;
using System.Text.Json;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;
using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.ReadMarkers;

/// <summary>The content of the account data <c>m.fully_read</c>.</summary>
internal static class FullyReadContent
{
    public static byte[] Encode(EventId eventId)
    {
        var output = new ArrayBufferWriter<byte>(64);
        output.Write("{\"event_id\":"u8);
        JsonText.WriteString(output, eventId.Value);
        output.Write("}"u8);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The event that the marker stands at; null when there is no marker.</summary>
    public static EventId? Parse(byte[]? content) =>
        content is not null && EventId.TryParse(JsonElement.Parse(content).String("event_id"), out var eventId)
            ? eventId
            : null;
}
