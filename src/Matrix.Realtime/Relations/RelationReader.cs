using System.Buffers;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Reading;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;
using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.Relations;

/// <summary>Pages through the events that relate to another, and through the threads of a room.</summary>
internal sealed class RelationReader(
    RoomStates states,
    RelationStore store,
    RoomEventStore events,
    EventDetailsReader detailsReader,
    IIgnoredUsers ignoredUsers,
    TimeProvider time)
{
    /// <summary>Relations looked at for one page at most, when the recipient may see few of them.</summary>
    private const int MaxScanned = 5000;

    /// <summary>The children of an event, in the order of the room.</summary>
    public async Task<IResult> GetRelationsAsync(
        Requester requester, RoomId roomId, EventId eventId, RelationQuery query, CancellationToken cancellationToken)
    {
        var view = states.Current;
        var (visible, parent) = await states.GetVisibleEventAsync(
            view, requester.UserId, roomId, eventId, cancellationToken);
        var ignored = await ignoredUsers.GetAsync(view, requester.UserId, cancellationToken);
        var range = query.Page.RangeUpTo(view.Position);
        var (children, next) = await PageAsync(
            query.Page.Limit,
            query.Backwards ? range.Through : range.After,
            (reached, limit) => store.ReadPageAsync(
                roomId,
                parent.EventId,
                query,
                query.Backwards ? range with { Through = reached } : range with { After = reached },
                limit,
                cancellationToken),
            row => query.Backwards ? row.Position.Previous : row.Position,
            row => visible.CanSee(row.Position) && !ignored.Contains(row.Sender));
        var found = (await events.ReadAtAsync([.. children.Select(row => row.Position)], cancellationToken))
            .OrderBy(child => query.Backwards ? -child.Position.Value : child.Position.Value).ToList();
        var details = await detailsReader.ReadAsync(view, requester, visible, found, [], cancellationToken);

        var output = new ArrayBufferWriter<byte>();
        WriteChunk(output, requester, found, details);
        WriteToken(output, ",\"next_batch\":"u8, next);
        WriteToken(output, ",\"prev_batch\":"u8, query.Page.From?.Position);
        if (query.Recurse)
        {
            output.Write(",\"recursion_depth\":"u8);
            JsonText.WriteNumber(output, RelationRow.MaxDepth);
        }

        output.Write("}"u8);
        return new Utf8JsonResult(output.WrittenMemory);
    }

    /// <summary>The roots of the threads of a room, those with the latest reply first.</summary>
    public async Task<IResult> GetThreadsAsync(
        Requester requester, RoomId roomId, ThreadsQuery query, CancellationToken cancellationToken)
    {
        var view = states.Current;
        var visible = await states.GetVisibleAsync(view, requester.UserId, roomId, cancellationToken);
        UserId? participant = query.OnlyParticipated ? requester.UserId : null;
        var (threads, next) = await PageAsync(
            query.Limit,
            query.From?.Position ?? StreamPosition.Never,
            (reached, limit) => store.ReadThreadsAsync(roomId, reached, participant, limit, cancellationToken),
            thread => thread.Latest.Previous,
            _ => true);
        var ignored = await ignoredUsers.GetAsync(view, requester.UserId, cancellationToken);
        var roots = (await events.FindAsync(roomId, [.. threads.Select(thread => thread.Root)], cancellationToken))
            .Where(root => visible.CanSee(root.Position)).ToList();
        var details = await detailsReader.ReadAsync(view, requester, visible, roots, [], cancellationToken);

        // The last reply may be one that the recipient is not told of.
        var shown = roots.Where(root => details.Bundled.GetValueOrDefault(root.EventId)?.Thread is not null)
            .OrderByDescending(root => details.Bundled[root.EventId].Thread!.Latest.Position)
            .Select(root => ignored.Contains(root.Sender) ? Redact(visible.Room, root) : root);

        var output = new ArrayBufferWriter<byte>();
        WriteChunk(output, requester, shown, details);
        WriteToken(output, ",\"next_batch\":"u8, next);
        output.Write("}"u8);
        return new Utf8JsonResult(output.WrittenMemory);
    }

    /// <summary>What is shown of a root whose sender is ignored: the thread goes on without it.</summary>
    private static RoomEvent Redact(RoomState room, RoomEvent root) =>
        root.With(EventRedactor.Redact(room.Version!, root.Pdu), root.RedactedBecause);

    private static async Task<(List<T> Page, StreamPosition? Next)> PageAsync<T>(
        int limit,
        StreamPosition start,
        Func<StreamPosition, int, Task<List<T>>> read,
        Func<T, StreamPosition> after,
        Func<T, bool> isSeen)
    {
        List<T> page = [];
        var reached = start;
        for (var scanned = 0; scanned < MaxScanned;)
        {
            // One more than asked for tells whether there is a next page.
            var chunk = await read(reached, limit + 1);
            foreach (var item in chunk)
            {
                if (page.Count == limit)
                {
                    return (page, reached);
                }

                scanned++;
                reached = after(item);
                if (isSeen(item))
                {
                    page.Add(item);
                }
            }

            if (chunk.Count <= limit)
            {
                return (page, null);
            }
        }

        return (page, reached);
    }

    private void WriteChunk(
        ArrayBufferWriter<byte> output, Requester requester, IEnumerable<RoomEvent> chunk, EventDetails details)
    {
        var events = new ClientEventWriter(new(requester, time.GetUtcNow()), details);
        output.Write("{\"chunk\":"u8);
        events.WriteArray(output, chunk, details.Room.Room.RoomId);
    }

    private static void WriteToken(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> name, StreamPosition? position)
    {
        if (position is { } boundary)
        {
            output.Write(name);
            JsonText.WriteString(output, new StreamToken(boundary).ToString());
        }
    }
}
