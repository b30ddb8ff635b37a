using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Rooms.State;

/// <summary>Reads the facts of many rooms at once.</summary>
internal static class RoomFactQueries
{
    /// <summary>The facts of some rooms as of a position, without loading the rooms.</summary>
    public static async Task<List<RoomFacts>> ReadAsync(
        MatrixDbContext database, IQueryable<RoomId> rooms, StreamPosition at, CancellationToken cancellationToken)
    {
        // The latest event of a room knows how many members are joined since.
        var counts = await rooms
            .Select(roomId => new
            {
                RoomId = roomId,
                JoinedCount = database.Set<EventRow>().Where(row => row.RoomId == roomId && row.Position <= at)
                    .OrderByDescending(row => row.Position).Select(row => row.MemberCount).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        var state = await database.Set<StateRow>()
            .Where(row => rooms.Contains(row.RoomId) && RoomFacts.Types.Contains(row.Type) && row.StateKey == ""
                && row.From <= at && row.Until > at)
            .Join(database.Set<EventRow>(), row => row.From, row => row.Position, (_, row) => row)
            .AsNoTracking().ToListAsync(cancellationToken);
        var events = state.Select(row => RoomEvent.From(row)).ToLookup(stateEvent => stateEvent.Pdu.RoomId);
        return [.. counts.Select(room => RoomFacts.Of(room.RoomId, room.JoinedCount, events[room.RoomId]))];
    }
}
