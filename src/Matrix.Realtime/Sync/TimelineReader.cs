using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Sync;

/// <summary>Cuts a room's timeline for one recipient: the latest events that they may see and want to.</summary>
internal sealed class TimelineReader(RoomEventStore store, IOptions<RealtimeOptions> options)
{
    /// <summary>Events looked at for one timeline at most, when visibility or a filter drops most of them.</summary>
    private const int MaxScanned = 5000;

    private const int ChunkSize = 100;

    /// <summary>The events in (after, through], up to the limit of the filter.</summary>
    public async ValueTask<Timeline> ReadAsync(
        SyncContext context,
        RoomState room,
        UserRoom user,
        StreamPosition after,
        StreamPosition through,
        CancellationToken cancellationToken)
    {
        if (context.Filter.Timeline.AllowsNothing || !context.Filter.Timeline.AllowsRoom(room.RoomId))
        {
            return new Timeline([], Limited: false, through, Dropped: room.Position > after, []);
        }

        var cut = new TimelineCut(context, room, user, Limit(context));
        for (var i = room.Recent.Length - 1; i >= 0 && !cut.IsFull && room.Recent[i].Event.Position > after; i--)
        {
            if (room.Recent[i].Event.Position <= through)
            {
                cut.Add(room.Recent[i].Event);
            }
        }

        if (!cut.IsFull && !room.RecentReachesBackTo(after))
        {
            await ReadOlderAsync(cut, room, after, StreamPosition.Min(through, Oldest(room)), cancellationToken);
        }

        return cut.ToTimeline(through);
    }

    private static StreamPosition Oldest(RoomState room) => room.Recent[0].Event.Position.Previous;

    private int Limit(SyncContext context) => Math.Min(
        context.Filter.Timeline.Limit ?? options.Value.Sync.DefaultTimelineLimit, options.Value.Sync.MaxTimelineLimit);

    private async Task ReadOlderAsync(
        TimelineCut cut,
        RoomState room,
        StreamPosition after,
        StreamPosition through,
        CancellationToken cancellationToken)
    {
        for (var scanned = 0; scanned < MaxScanned; scanned += ChunkSize)
        {
            var chunk = await store.ReadAsync(
                room.RoomId, new(after, through), backwards: true, ChunkSize, cancellationToken);
            foreach (var roomEvent in chunk)
            {
                cut.Add(roomEvent);
                if (cut.IsFull)
                {
                    return;
                }
            }

            if (chunk.Count < ChunkSize)
            {
                return;
            }

            through = chunk[^1].Position.Previous;
        }

        cut.GiveUp();
    }
}
