using System.Buffers;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;
using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.Rooms.Reading;

/// <summary>Pages through the history of a room.</summary>
internal sealed class MessagesReader(
    RoomStates states, RoomEventStore events, IIgnoredUsers ignoredUsers, TimeProvider time)
{
    /// <summary>Events looked at for one page at most, when visibility or a filter drops most of them.</summary>
    private const int MaxScanned = 5000;

    /// <summary>Events read at once at most; reads grow while most of what they bring is dropped.</summary>
    private const int MaxChunk = MessagesQuery.MaxLimit + 1;

    public async Task<IResult> GetMessagesAsync(
        Requester requester, RoomId roomId, MessagesQuery query, CancellationToken cancellationToken)
    {
        var view = states.Current;
        var visible = await states.GetVisibleAsync(view, requester.UserId, roomId, cancellationToken);
        var ignored = await ignoredUsers.GetAsync(view, requester.UserId, cancellationToken);
        var (after, through) = Range(query, visible.Through);
        var page = await ReadAsync(
            visible, after, through, query, roomEvent => Allows(roomEvent, ignored), cancellationToken);

        var output = new ArrayBufferWriter<byte>();
        output.Write("{\"chunk\":"u8);
        new ClientEventWriter(requester, time.GetUtcNow()).WriteArray(output, page.Events, roomId);
        output.Write(",\"start\":"u8);
        JsonText.WriteString(output, new StreamToken(query.Backwards ? through : after).ToString());
        if (page.End is { } end)
        {
            output.Write(",\"end\":"u8);
            JsonText.WriteString(output, new StreamToken(end).ToString());
        }

        output.Write("}"u8);
        return new Utf8JsonResult(output.WrittenMemory);
    }

    private static bool Allows(RoomEvent roomEvent, IReadOnlySet<UserId> ignored) =>
        roomEvent.StateKey is not null || !ignored.Contains(roomEvent.Sender);

    private static (StreamPosition After, StreamPosition Through) Range(MessagesQuery query, StreamPosition last)
    {
        var from = query.From?.Position;
        var to = query.To?.Position;
        return query.Backwards
            ? (to ?? StreamPosition.Zero, StreamPosition.Min(from ?? last, last))
            : (from ?? StreamPosition.Zero, StreamPosition.Min(to ?? last, last));
    }

    private async Task<(List<RoomEvent> Events, StreamPosition? End)> ReadAsync(
        VisibleRoom visible,
        StreamPosition after,
        StreamPosition through,
        MessagesQuery query,
        Func<RoomEvent, bool> allows,
        CancellationToken cancellationToken)
    {
        var page = new List<RoomEvent>();

        // One more than asked for tells whether there is a next page.
        var wanted = query.Limit + 1;
        for (var scanned = 0; ; wanted = Math.Min(2 * wanted, MaxChunk))
        {
            var chunk = query.Backwards
                ? await events.ReadBackwardsAsync(visible.Room.RoomId, after, through, wanted, cancellationToken)
                : await events.ReadForwardsAsync(visible.Room.RoomId, after, through, wanted, cancellationToken);
            foreach (var roomEvent in chunk)
            {
                if (page.Count == query.Limit || scanned == MaxScanned)
                {
                    return (page, query.Backwards ? through : after);
                }

                scanned++;
                (after, through) = query.Backwards
                    ? (after, roomEvent.Position.Previous)
                    : (roomEvent.Position, through);
                if (visible.CanSee(roomEvent.Position) && allows(roomEvent))
                {
                    page.Add(roomEvent);
                }
            }

            if (chunk.Count < wanted)
            {
                return (page, null);
            }
        }
    }
}
