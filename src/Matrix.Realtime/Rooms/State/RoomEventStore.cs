using System.Linq.Expressions;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Rooms.State;

/// <summary>Reads stored events where live state does not reach back far enough.</summary>
internal sealed class RoomEventStore(IDbContextFactory<MatrixDbContext> databases)
{
    /// <inheritdoc cref="RoomEventQueries.ReadAsync"/>
    public async Task<List<RoomEvent>> ReadAsync(
        RoomId roomId, PositionRange range, bool backwards, int limit, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await RoomEventQueries.ReadAsync(database, roomId, range, backwards, limit, cancellationToken);
    }

    /// <summary>The state of a room as of a position, all of it or what <paramref name="which"/> picks.</summary>
    public async Task<List<RoomEvent>> ReadStateAsync(
        RoomId roomId,
        StreamPosition at,
        Expression<Func<StateRow, bool>>? which,
        CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await RoomEventQueries.ReadStateAsync(database, roomId, at, which, cancellationToken);
    }

    /// <summary>The state as of <paramref name="at"/> that was set after <paramref name="after"/>.</summary>
    public async Task<List<RoomEvent>> ReadStateChangesAsync(
        RoomId roomId, StreamPosition after, StreamPosition at, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await RoomEventQueries.ReadStateChangesAsync(database, roomId, after, at, cancellationToken);
    }

    public async Task<RoomEvent?> FindAsync(RoomId roomId, EventId eventId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await RoomEventQueries.FindAsync(database, roomId, eventId, cancellationToken);
    }

    /// <summary>The events of a room with some ids, in no order.</summary>
    public async Task<List<RoomEvent>> FindAsync(
        RoomId roomId, IReadOnlyCollection<EventId> eventIds, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await RoomEventQueries.FindAsync(database, roomId, eventIds, cancellationToken);
    }

    /// <summary>The member events of a user in [from, before), the oldest first.</summary>
    public async Task<List<RoomEvent>> ReadMemberEventsAsync(
        RoomId roomId, UserId userId, StreamPosition from, StreamPosition before, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await RoomEventQueries.ReadMemberEventsAsync(database, roomId, userId, from, before, cancellationToken);
    }

    /// <summary>The member events of some users that held at any position of a range.</summary>
    public async Task<List<RoomEvent>> ReadMemberEventsAsync(
        RoomId roomId,
        IReadOnlyCollection<string> stateKeys,
        PositionRange range,
        CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await RoomEventQueries.ReadMemberEventsAsync(database, roomId, stateKeys, range, cancellationToken);
    }

    /// <inheritdoc cref="RoomEventQueries.FindByTimestampAsync"/>
    public async Task<RoomEvent?> FindByTimestampAsync(
        RoomId roomId, PositionRange range, long timestamp, bool backwards, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await RoomEventQueries.FindByTimestampAsync(
            database, roomId, range, timestamp, backwards, cancellationToken);
    }

    /// <summary>The events at some positions, in no order.</summary>
    public async Task<List<RoomEvent>> ReadAtAsync(
        IReadOnlyCollection<StreamPosition> positions, CancellationToken cancellationToken)
    {
        if (positions.Count == 0)
        {
            return [];
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await RoomEventQueries.ReadAtAsync(database, positions, cancellationToken);
    }

    /// <summary>Those of the rooms that got an event after the position.</summary>
    public async Task<List<RoomId>> ReadChangedRoomsAsync(
        IReadOnlyCollection<RoomId> rooms, StreamPosition after, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<EventRow>().AsNoTracking()
            .Where(row => row.Position > after && rooms.Contains(row.RoomId))
            .Select(row => row.RoomId).Distinct().ToListAsync(cancellationToken);
    }
}
