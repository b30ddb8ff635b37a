using System.Linq.Expressions;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Rooms.State;

/// <summary>Reads of stored events, each with its redaction where it is redacted.</summary>
internal static class RoomEventQueries
{
    /// <summary>Events of a room in a range, from one end of it and in that direction.</summary>
    public static async Task<List<RoomEvent>> ReadAsync(
        MatrixDbContext database,
        RoomId roomId,
        PositionRange range,
        bool backwards,
        int limit,
        CancellationToken cancellationToken)
    {
        var found = InRange(database, roomId, range.After, range.Through);
        var inOrder = backwards ? found.OrderByDescending(row => row.Position) : found.OrderBy(row => row.Position);
        var rows = await inOrder.Take(limit).ToListAsync(cancellationToken);
        return await ToEventsAsync(database, rows, cancellationToken);
    }

    /// <summary>The state of a room as of a position, all of it or what <paramref name="which"/> picks.</summary>
    public static async Task<List<RoomEvent>> ReadStateAsync(
        MatrixDbContext database,
        RoomId roomId,
        StreamPosition at,
        Expression<Func<StateRow, bool>>? which,
        CancellationToken cancellationToken)
    {
        var rows = await database.Set<StateRow>().AsNoTracking()
            .Where(row => row.RoomId == roomId && row.From <= at && row.Until > at)
            .Where(which ?? (_ => true))
            .Join(database.Set<EventRow>(), row => row.From, row => row.Position, (_, row) => row)
            .ToListAsync(cancellationToken);
        return await ToEventsAsync(database, rows, cancellationToken);
    }

    /// <summary>The state as of <paramref name="at"/> that was set after <paramref name="after"/>.</summary>
    public static async Task<List<RoomEvent>> ReadStateChangesAsync(
        MatrixDbContext database,
        RoomId roomId,
        StreamPosition after,
        StreamPosition at,
        CancellationToken cancellationToken)
    {
        var rows = await database.Set<StateRow>().AsNoTracking()
            .Where(row => row.RoomId == roomId && row.From > after && row.From <= at && row.Until > at)
            .Join(database.Set<EventRow>(), row => row.From, row => row.Position, (_, row) => row)
            .ToListAsync(cancellationToken);
        return await ToEventsAsync(database, rows, cancellationToken);
    }

    /// <summary>
    /// The state events that were replaced in [from, through], by the position of what replaced them.
    /// </summary>
    public static async Task<Dictionary<StreamPosition, RoomEvent>> ReadReplacedAsync(
        MatrixDbContext database,
        RoomId roomId,
        StreamPosition from,
        StreamPosition through,
        CancellationToken cancellationToken)
    {
        var rows = await database.Set<StateRow>().AsNoTracking()
            .Where(row => row.RoomId == roomId && row.Until >= from && row.Until <= through)
            .Join(database.Set<EventRow>(), row => row.From, row => row.Position, (state, row) => new { state.Until, row })
            .ToListAsync(cancellationToken);
        var events = await ToEventsAsync(database, [.. rows.Select(row => row.row)], cancellationToken);
        return rows.Zip(events).ToDictionary(pair => pair.First.Until, pair => pair.Second);
    }

    /// <summary>The member events of a user in [from, before), the oldest first.</summary>
    public static async Task<List<RoomEvent>> ReadMemberEventsAsync(
        MatrixDbContext database,
        RoomId roomId,
        UserId userId,
        StreamPosition from,
        StreamPosition before,
        CancellationToken cancellationToken)
    {
        var rows = await database.Set<StateRow>().AsNoTracking()
            .Where(row => row.RoomId == roomId && row.Type == EventTypes.Member && row.StateKey == userId.Value)
            .Where(row => row.From >= from && row.From < before)
            .Join(database.Set<EventRow>(), row => row.From, row => row.Position, (_, row) => row)
            .OrderBy(row => row.Position).ToListAsync(cancellationToken);
        return await ToEventsAsync(database, rows, cancellationToken);
    }

    /// <summary>The member events of some users that held at any position of a range.</summary>
    public static async Task<List<RoomEvent>> ReadMemberEventsAsync(
        MatrixDbContext database,
        RoomId roomId,
        IReadOnlyCollection<string> stateKeys,
        PositionRange range,
        CancellationToken cancellationToken)
    {
        var rows = await database.Set<StateRow>().AsNoTracking()
            .Where(row => row.RoomId == roomId && row.Type == EventTypes.Member && stateKeys.Contains(row.StateKey))
            .Where(row => row.From <= range.Through && row.Until > range.After)
            .Join(database.Set<EventRow>(), row => row.From, row => row.Position, (_, row) => row)
            .ToListAsync(cancellationToken);
        return await ToEventsAsync(database, rows, cancellationToken);
    }

    /// <summary>
    /// The event in a range of the room whose timestamp is nearest to the given one, on one side of it; at equal
    /// timestamps the one that comes first from there.
    /// </summary>
    public static async Task<RoomEvent?> FindByTimestampAsync(
        MatrixDbContext database,
        RoomId roomId,
        PositionRange range,
        long timestamp,
        bool backwards,
        CancellationToken cancellationToken)
    {
        var inRange = InRange(database, roomId, range.After, range.Through);
        var nearest = backwards
            ? inRange.Where(row => row.OriginServerTs <= timestamp)
                .OrderByDescending(row => row.OriginServerTs).ThenByDescending(row => row.Position)
            : inRange.Where(row => row.OriginServerTs >= timestamp)
                .OrderBy(row => row.OriginServerTs).ThenBy(row => row.Position);
        var rows = await nearest.Take(1).ToListAsync(cancellationToken);
        return (await ToEventsAsync(database, rows, cancellationToken)).SingleOrDefault();
    }

    /// <summary>The events at some positions, in no order.</summary>
    public static async Task<List<RoomEvent>> ReadAtAsync(
        MatrixDbContext database, IReadOnlyCollection<StreamPosition> positions, CancellationToken cancellationToken)
    {
        var rows = await database.Set<EventRow>().AsNoTracking()
            .Where(row => positions.Contains(row.Position)).ToListAsync(cancellationToken);
        return await ToEventsAsync(database, rows, cancellationToken);
    }

    /// <summary>The events of a room with some ids, in no order.</summary>
    public static async Task<List<RoomEvent>> FindAsync(
        MatrixDbContext database, RoomId roomId, IReadOnlyCollection<EventId> eventIds, CancellationToken cancellationToken)
    {
        var rows = await database.Set<EventRow>().AsNoTracking()
            .Where(row => eventIds.Contains(row.EventId) && row.RoomId == roomId).ToListAsync(cancellationToken);
        return await ToEventsAsync(database, rows, cancellationToken);
    }

    public static async Task<RoomEvent?> FindAsync(
        MatrixDbContext database, RoomId roomId, EventId eventId, CancellationToken cancellationToken)
    {
        var rows = await database.Set<EventRow>().AsNoTracking()
            .Where(row => row.EventId == eventId && row.RoomId == roomId).ToListAsync(cancellationToken);
        return (await ToEventsAsync(database, rows, cancellationToken)).SingleOrDefault();
    }

    /// <summary>Where an event stands in the room; null when it is not there.</summary>
    public static Task<EventPlace?> FindPlaceAsync(
        MatrixDbContext database, RoomId roomId, EventId eventId, CancellationToken cancellationToken) =>
        database.Set<EventRow>().AsNoTracking()
            .Where(row => row.EventId == eventId && row.RoomId == roomId)
            .Select(row => new EventPlace(row.EventId, row.Position, row.ThreadRoot))
            .SingleOrDefaultAsync(cancellationToken);

    /// <summary>Where an event stands in the room, and then the events after it; nothing when it is not there.</summary>
    public static Task<List<EventPlace>> ReadPlacesFromAsync(
        MatrixDbContext database, RoomId roomId, EventId eventId, int limit, CancellationToken cancellationToken)
    {
        var events = database.Set<EventRow>().AsNoTracking().Where(row => row.RoomId == roomId);
        var position = events.Where(row => row.EventId == eventId).Select(row => (StreamPosition?)row.Position);
        return events.Where(row => row.Position >= position.FirstOrDefault())
            .OrderBy(row => row.Position).Take(limit)
            .Select(row => new EventPlace(row.EventId, row.Position, row.ThreadRoot))
            .ToListAsync(cancellationToken);
    }

    private static IQueryable<EventRow> InRange(
        MatrixDbContext database, RoomId roomId, StreamPosition after, StreamPosition through) =>
        database.Set<EventRow>().AsNoTracking()
            .Where(row => row.RoomId == roomId && row.Position > after && row.Position <= through);

    /// <summary>Turns rows into events, with the redactions of those that are redacted.</summary>
    private static async Task<List<RoomEvent>> ToEventsAsync(
        MatrixDbContext database, List<EventRow> rows, CancellationToken cancellationToken)
    {
        var redactedBy = rows.Where(row => row.RedactedBy is not null).Select(row => row.RedactedBy!.Value).ToList();
        Dictionary<StreamPosition, RoomEvent> redactions = [];
        if (redactedBy.Count > 0)
        {
            redactions = await database.Set<EventRow>().AsNoTracking()
                .Where(row => redactedBy.Contains(row.Position))
                .ToDictionaryAsync(row => row.Position, row => RoomEvent.From(row), cancellationToken);
        }

        return [.. rows.Select(row => RoomEvent.From(
            row, row.RedactedBy is { } position ? redactions.GetValueOrDefault(position) : null))];
    }
}
