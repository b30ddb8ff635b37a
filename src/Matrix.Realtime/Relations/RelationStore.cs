using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Relations;

/// <summary>Reads what events of a room say about others: of late from live state, the rest from the database.</summary>
internal sealed class RelationStore(IDbContextFactory<MatrixDbContext> databases)
{
    /// <summary>
    /// All that is said straight about some events, by the event; without annotations, which may be many, of what is not
    /// live.
    /// </summary>
    public async ValueTask<ILookup<EventId, RelationRow>> ReadAsync(
        RoomState room, IReadOnlyCollection<RoomEvent> targets, CancellationToken cancellationToken)
    {
        // Whatever is said about an event comes after it: live rooms hold all that is said about what they hold.
        var held = targets.Where(target => room.FindRecent(target.EventId) is not null)
            .Select(target => target.EventId).ToHashSet();
        var stored = await ReadStoredAsync(
            room.RoomId,
            [.. targets.Select(target => target.EventId).Where(target => !held.Contains(target))],
            cancellationToken);
        return room.RecentlyAbout(held)
            .Concat(stored.Where(row => row.Position <= room.Position))
            .ToLookup(row => row.Target);
    }

    /// <summary>A part of what is said about an event in a range, from one end of it.</summary>
    public async Task<List<RelationRow>> ReadPageAsync(
        RoomId roomId,
        EventId target,
        RelationQuery query,
        PositionRange range,
        int limit,
        CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var rows = database.About(roomId, [target])
            .Where(row => row.Position > range.After && row.Position <= range.Through)
            .Where(row => query.Recurse || row.Depth == 1)
            .Where(row => query.RelType == null || row.RelType == query.RelType)
            .Where(row => query.Type == null || row.Type == query.Type);
        return await (query.Backwards ? rows.OrderByDescending(row => row.Position) : rows.OrderBy(row => row.Position))
            .Take(limit).ToListAsync(cancellationToken);
    }

    /// <summary>The threads of a room whose last reply came not after a position, the latest first.</summary>
    /// <param name="roomId">The room.</param>
    /// <param name="through">The position.</param>
    /// <param name="participant">Whose threads alone are wanted: those where they sent the root or a reply.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<List<ThreadRow>> ReadThreadsAsync(
        RoomId roomId, StreamPosition through, UserId? participant, int limit, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var threads = database.Set<ThreadRow>().AsNoTracking()
            .Where(thread => thread.RoomId == roomId && thread.Latest <= through);
        if (participant is { } userId)
        {
            threads = threads.Where(thread =>
                database.Set<EventRow>().Any(row => row.EventId == thread.Root && row.Sender == userId)
                || database.Set<RelationRow>().Any(row =>
                    row.Target == thread.Root && row.RoomId == roomId
                    && row.Depth == 1 && row.RelType == RelationTypes.Thread && row.Sender == userId));
        }

        return await threads.OrderByDescending(thread => thread.Latest).Take(limit).ToListAsync(cancellationToken);
    }

    private async ValueTask<IReadOnlyList<RelationRow>> ReadStoredAsync(
        RoomId roomId, IReadOnlyCollection<EventId> targets, CancellationToken cancellationToken)
    {
        if (targets.Count == 0)
        {
            return [];
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.About(roomId, targets)
            .Where(row => row.Depth == 1 && row.RelType != RelationTypes.Annotation).ToListAsync(cancellationToken);
    }
}
