using System.Buffers;
using System.Text.Json;
using Matrix.Realtime.AccountData;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Reading;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;
using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.UnreadCounts;

/// <summary>Lists the events that notify a user, by their present rules, the newest first, whether read or not.</summary>
internal sealed class NotificationReader(
    RoomStates states,
    AccountDataService accountData,
    UnreadReaders readers,
    UnreadEventStore store,
    SharedEvaluation evaluation,
    EventDetailsReader detailsReader,
    TimeProvider time)
{
    private const int ChunkSize = 256;

    /// <summary>How many events are looked at for one page; it ends there, with a token, if they notify too rarely.</summary>
    private const int MaxScanned = 4096;

    public async Task<IResult> GetAsync(
        Requester requester, NotificationsQuery query, CancellationToken cancellationToken)
    {
        var view = states.Current;
        var (page, next) = await ReadAsync(view, requester.UserId, query, cancellationToken);
        var lastSent = await ReadLastSentAsync(page, cancellationToken);
        var details = await ReadDetailsAsync(view, requester.UserId, page, cancellationToken);
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            var recipient = new EventRecipient(requester, time.GetUtcNow());
            json.WriteStartObject();
            json.WriteStartArray("notifications"u8);
            foreach (var notification in page)
            {
                var events = new ClientEventWriter(recipient, details[notification.Event.Pdu.RoomId]);
                Write(json, events, notification, lastSent);
            }

            json.WriteEndArray();
            if (next is { } position)
            {
                json.WriteString("next_token"u8, new StreamToken(position).ToString());
            }

            json.WriteEndObject();
        }

        return new Utf8JsonResult(output.WrittenMemory);
    }

    private static void Write(
        Utf8JsonWriter json,
        ClientEventWriter events,
        Notification notification,
        Dictionary<(RoomId RoomId, EventId? ThreadRoot), StreamPosition> lastSent)
    {
        var (reader, roomEvent, outcome) = notification;
        var roomId = reader.Room.RoomId;
        var readUpTo = StreamPosition.Max(
            reader.ReadUpTo(roomEvent.ThreadRoot), lastSent.GetValueOrDefault((roomId, roomEvent.ThreadRoot)));
        var encoded = new ArrayBufferWriter<byte>();
        events.Write(encoded, roomEvent, roomId);
        json.WriteStartObject();
        json.WritePropertyName("actions"u8);
        outcome.Actions.WriteTo(json);
        json.WritePropertyName("event"u8);
        json.WriteRawValue(encoded.WrittenSpan, skipInputValidation: true);
        json.WriteBoolean("read"u8, roomEvent.Position <= readUpTo);
        json.WriteString("room_id"u8, roomId.Value);
        json.WriteNumber("ts"u8, roomEvent.Pdu.OriginServerTs);
        json.WriteEndObject();
    }

    /// <summary>A page, and where the next one begins, if there is one.</summary>
    private async Task<(List<Notification> Page, StreamPosition? Next)> ReadAsync(
        LiveView view, UserId userId, NotificationsQuery query, CancellationToken cancellationToken)
    {
        var rooms = await states.GetUserRoomsAsync(view, userId, cancellationToken);
        var (joined, opened) = (rooms.Joined.ToList(), new Dictionary<RoomId, (UnreadReader Reader, DisplayNames Names)>());
        var page = new List<Notification>();
        var through = StreamPosition.Min(query.From ?? view.Position, view.Position);
        for (var scanned = 0; scanned < MaxScanned; scanned += ChunkSize)
        {
            var chunk = await store.ReadBackwardsAsync(joined, through, ChunkSize, cancellationToken);
            foreach (var roomEvent in chunk)
            {
                if (page.Count == query.Limit)
                {
                    return (page, through);
                }

                through = roomEvent.Position.Previous;
                if (!opened.TryGetValue(roomEvent.Pdu.RoomId, out var room))
                {
                    room = await OpenAsync(view, userId, rooms, roomEvent.Pdu.RoomId, cancellationToken);
                    opened.Add(roomEvent.Pdu.RoomId, room);
                }

                if (room.Reader.MayNotify(roomEvent)
                    && evaluation.Evaluate(room.Reader, room.Names, roomEvent) is { Notify: true } outcome
                    && (outcome.Highlight || !query.OnlyHighlights))
                {
                    page.Add(new(room.Reader, roomEvent, outcome));
                }
            }

            if (chunk.Count < ChunkSize)
            {
                return (page, null);
            }
        }

        return (page, through);
    }

    private async Task<(UnreadReader Reader, DisplayNames Names)> OpenAsync(
        LiveView view, UserId userId, UserRooms rooms, RoomId roomId, CancellationToken cancellationToken)
    {
        var room = await states.GetRoomAsync(view, roomId, cancellationToken);
        var settings = await accountData.GetAsync(view, userId, cancellationToken);
        var reader = await readers.CreateAsync(view, room, rooms[roomId], settings, cancellationToken);
        return (reader, await readers.GetNamesAsync(reader, reader.JoinedAt, cancellationToken));
    }

    private async Task<Dictionary<RoomId, EventDetails>> ReadDetailsAsync(
        LiveView view, UserId userId, List<Notification> page, CancellationToken cancellationToken)
    {
        var rooms = await states.GetUserRoomsAsync(view, userId, cancellationToken);
        var details = new Dictionary<RoomId, EventDetails>();
        foreach (var group in page.GroupBy(item => item.Event.Pdu.RoomId))
        {
            var visible = new VisibleRoom(group.First().Reader.Room, rooms[group.Key], view.Position);
            details.Add(group.Key, await detailsReader.ReadAsync(
                visible, group.Select(item => item.Event), cancellationToken));
        }

        return details;
    }

    private async Task<Dictionary<(RoomId RoomId, EventId? ThreadRoot), StreamPosition>> ReadLastSentAsync(
        List<Notification> page, CancellationToken cancellationToken)
    {
        var lastSent = new Dictionary<(RoomId RoomId, EventId? ThreadRoot), StreamPosition>();
        foreach (var group in page.GroupBy(item => (item.Reader.Room.RoomId, item.Event.ThreadRoot)))
        {
            lastSent[group.Key] = await store.FindLastSentAsync(
                group.First().Reader, group.Key.ThreadRoot, cancellationToken);
        }

        return lastSent;
    }
}
