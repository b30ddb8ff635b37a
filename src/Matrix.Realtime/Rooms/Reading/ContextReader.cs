using System.Buffers;
using Matrix.Realtime.Filters;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;
using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.Rooms.Reading;

/// <summary>Reads an event together with those around it (client-server API, "Getting events for a room").</summary>
internal sealed class ContextReader(
    RoomStates states,
    VisibleHistory history,
    FilterService filters,
    IIgnoredUsers ignoredUsers,
    EventDetailsReader detailsReader,
    TimeProvider time)
{
    /// <summary>The event, the same number of events on either side, and the state at the last of them.</summary>
    /// <param name="requester">Who asks.</param>
    /// <param name="roomId">The room.</param>
    /// <param name="eventId">The event in the middle.</param>
    /// <param name="limit">How many events there are around it at most, on both sides together.</param>
    /// <param name="filterText">The filter, as JSON; null for none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IResult> GetContextAsync(
        Requester requester,
        RoomId roomId,
        EventId eventId,
        int limit,
        string? filterText,
        CancellationToken cancellationToken)
    {
        var filter = filters.ParseRoomEvents(filterText);
        limit = filter.AllowsRoom(roomId) ? Math.Min(limit, filter.Limit ?? limit) : 0;
        var view = states.Current;
        var (visible, found) = await states.GetVisibleEventAsync(
            view, requester.UserId, roomId, eventId, cancellationToken);
        var ignored = await ignoredUsers.GetAsync(view, requester.UserId, cancellationToken);

        var start = found.Position.Previous;
        var before = await ReadAsync(new(StreamPosition.Zero, start), backwards: true, limit / 2);
        var end = found.Position;
        var after = await ReadAsync(new(end, view.Position), backwards: false, limit - (limit / 2));
        start = before is [.., var first] ? first.Position.Previous : start;
        end = after is [.., var last] ? last.Position : end;

        List<RoomEvent> all = [.. before, found, .. after];
        var senders = all.Select(roomEvent => roomEvent.Sender.Value).ToHashSet();
        var state = filter.LazyLoadMembers
            ? await states.GetStateAtAsync(visible.Room, end, senders, cancellationToken)
            : await states.GetStateAtAsync(visible.Room, end, cancellationToken);
        var details = await detailsReader.ReadAsync(view, requester, visible, all, state, cancellationToken);
        return Encode();

        async Task<IReadOnlyList<RoomEvent>> ReadAsync(PositionRange range, bool backwards, int wanted)
        {
            var page = await history.ReadPageAsync(
                visible,
                range,
                backwards,
                wanted,
                roomEvent => MessagesReader.IsWanted(roomEvent, filter, ignored),
                cancellationToken);
            return page.Events;
        }

        Utf8JsonResult Encode()
        {
            var output = new ArrayBufferWriter<byte>();
            var events = new ClientEventWriter(new(requester, time.GetUtcNow()), details);
            output.Write("{\"event\":"u8);
            events.Write(output, found, roomId);
            output.Write(",\"events_before\":"u8);
            events.WriteArray(output, before, roomId);
            output.Write(",\"events_after\":"u8);
            events.WriteArray(output, after, roomId);
            output.Write(",\"state\":"u8);
            events.WriteArray(output, state, roomId);
            output.Write(",\"start\":"u8);
            JsonText.WriteString(output, new StreamToken(start).ToString());
            output.Write(",\"end\":"u8);
            JsonText.WriteString(output, new StreamToken(end).ToString());
            output.Write("}"u8);
            return new Utf8JsonResult(output.WrittenMemory);
        }
    }
}
