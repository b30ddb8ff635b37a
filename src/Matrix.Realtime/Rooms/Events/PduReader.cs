using System.Text.Json;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Versions;

namespace Matrix.Realtime.Rooms.Events;

/// <summary>Reads the fields of a stored event in one pass, leaving the content as bytes.</summary>
internal static class PduReader
{
    /// <exception cref="FormatException">The bytes are not an event of this room version.</exception>
    public static Pdu Read(RoomVersion version, EventId eventId, ReadOnlyMemory<byte> json)
    {
        try
        {
            return ReadFields(json).ToPdu(version, eventId, json);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FormatException($"{eventId} is not a valid event.", exception);
        }
    }

    private static Fields ReadFields(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        var fields = new Fields();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            fields.Read(ref reader, json);
        }

        return fields;
    }

    private sealed class Fields
    {
        private ReadOnlyMemory<byte> _content;
        private string? _type;
        private string? _stateKey;
        private string? _sender;
        private string? _roomId;
        private string? _redacts;
        private long _originServerTs;
        private long _depth;
        private IReadOnlyList<EventId> _authEvents = [];
        private IReadOnlyList<EventId> _prevEvents = [];

        public void Read(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "auth_events": _authEvents = ReadEventIds(ref reader); break;
                case "content": _content = Slice(ref reader, json); break;
                case "depth": _depth = reader.GetInt64(); break;
                case "origin_server_ts": _originServerTs = reader.GetInt64(); break;
                case "prev_events": _prevEvents = ReadEventIds(ref reader); break;
                case "redacts" when reader.TokenType == JsonTokenType.String: _redacts = reader.GetString(); break;
                case "room_id": _roomId = reader.GetString(); break;
                case "sender": _sender = reader.GetString(); break;
                case "state_key": _stateKey = reader.GetString(); break;
                case "type": _type = reader.GetString(); break;
                default: reader.Skip(); break;
            }
        }

        public Pdu ToPdu(RoomVersion version, EventId eventId, ReadOnlyMemory<byte> json)
        {
            var isRootOfRoom = version.CreateEventIsRoomId && _type == EventTypes.Create && _roomId is null;
            return new Pdu
            {
                Json = json,
                ContentJson = _content,
                EventId = eventId,
                RoomId = isRootOfRoom ? RoomIdOf(eventId) : RoomId.Parse(_roomId ?? string.Empty),
                Type = _type ?? throw new FormatException($"{eventId} has no type."),
                StateKey = _stateKey,
                Sender = UserId.Parse(_sender ?? string.Empty),
                OriginServerTs = _originServerTs,
                Depth = _depth,
                AuthEvents = _authEvents,
                PrevEvents = _prevEvents,
                Redacts = _type == EventTypes.Redaction ? FindRedacts(version) : null,
            };
        }

        private static List<EventId> ReadEventIds(ref Utf8JsonReader reader)
        {
            var ids = new List<EventId>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                ids.Add(EventId.Parse(reader.GetString() ?? string.Empty));
            }

            return ids;
        }

        private static ReadOnlyMemory<byte> Slice(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            return json[start..(int)reader.BytesConsumed];
        }

        private EventId? FindRedacts(RoomVersion version)
        {
            using var content = JsonDocument.Parse(_content);
            var redacts = version.RedactsInContent ? content.RootElement.String("redacts") : _redacts;
            return EventId.TryParse(redacts, out var eventId) ? eventId : null;
        }
    }

    /// <summary>The room that an <c>m.room.create</c> event of room version 12 founds.</summary>
    private static RoomId RoomIdOf(EventId createEventId) => RoomId.Parse("!" + createEventId.Value[1..]);
}
