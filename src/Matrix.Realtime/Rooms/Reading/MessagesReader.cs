using System.Buffers;
using Matrix.Realtime.Filters;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;
using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.Rooms.Reading;

/// <summary>Pages through the history of a room.</summary>
internal sealed class MessagesReader(
    RoomStates states,
    VisibleHistory history,
    FilterService filters,
    IIgnoredUsers ignoredUsers,
    EventDetailsReader detailsReader,
    TimeProvider time)
{
    public async Task<IResult> GetMessagesAsync(
        Requester requester, RoomId roomId, MessagesQuery query, CancellationToken cancellationToken)
    {
        var filter = filters.ParseRoomEvents(query.Filter);
        var view = states.Current;
        var visible = await states.GetVisibleAsync(view, requester.UserId, roomId, cancellationToken);
        var ignored = await ignoredUsers.GetAsync(view, requester.UserId, cancellationToken);
        var range = query.RangeUpTo(view.Position);
        var page = filter.AllowsRoom(roomId)
            ? await history.ReadPageAsync(
                visible,
                range,
                query.Backwards,
                Math.Min(query.Limit, filter.Limit ?? query.Limit),
                roomEvent => IsWanted(roomEvent, filter, ignored),
                cancellationToken)
            : new HistoryPage([], End: null);
        var senders = filter.LazyLoadMembers
            ? await states.GetSendersAsync(visible.Room, page.Events, cancellationToken)
            : [];
        var details = await detailsReader.ReadAsync(
            view, requester, visible, page.Events, senders, cancellationToken);

        var output = new ArrayBufferWriter<byte>();
        var events = new ClientEventWriter(new(requester, time.GetUtcNow()), details);
        output.Write("{\"chunk\":"u8);
        events.WriteArray(output, page.Events, roomId);
        output.Write(",\"start\":"u8);
        JsonText.WriteString(output, new StreamToken(query.Backwards ? range.Through : range.After).ToString());
        if (page.End is { } end)
        {
            output.Write(",\"end\":"u8);
            JsonText.WriteString(output, new StreamToken(end).ToString());
        }

        if (senders.Count > 0)
        {
            output.Write(",\"state\":"u8);
            events.WriteArray(output, senders, roomId);
        }

        output.Write("}"u8);
        return new Utf8JsonResult(output.WrittenMemory);
    }

    /// <summary>Whether an event is to be shown; the state of a room is, whoever set it.</summary>
    public static bool IsWanted(RoomEvent roomEvent, RoomEventFilter filter, IReadOnlySet<UserId> ignored) =>
        (roomEvent.StateKey is not null || !ignored.Contains(roomEvent.Sender))
        && filter.Allows(roomEvent.Type, roomEvent.Sender, roomEvent.Content);
}
