using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Relations;

/// <summary>Reads of stored relations.</summary>
internal static class RelationQueries
{
    /// <summary>All that is said in a room about some of its events, straight or not, in no order.</summary>
    public static IQueryable<RelationRow> About(
        this MatrixDbContext database, RoomId roomId, IReadOnlyCollection<EventId> targets) =>
        database.Set<RelationRow>().AsNoTracking().Where(row => row.RoomId == roomId && targets.Contains(row.Target));

    /// <summary>What the latest events of a room say about some others of it, in their order.</summary>
    public static IEnumerable<RelationRow> RecentlyAbout(this RoomState room, IReadOnlySet<EventId> targets) =>
        room.Recent.Select(recent => RelationRow.Of(recent.Event.Position, recent.Event.Pdu))
            .OfType<RelationRow>().Where(row => targets.Contains(row.Target));
}
