using System.Collections.Immutable;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Rooms.State;

/// <summary>Live memberships by user.</summary>
internal sealed class UserRoomsTable : LiveTable<UserId, UserRooms>
{
    public override bool IsHistorical => true;

    protected internal override async Task<UserRooms> LoadAsync(
        MatrixDbContext database, UserId key, StreamPosition at, CancellationToken cancellationToken)
    {
        var userId = key.Value;
        var rows = await database.Set<StateRow>().AsNoTracking()
            .Where(row => row.StateKey == userId && row.Membership != null && row.From <= at)
            .OrderBy(row => row.From)
            .Select(row => new { row.RoomId, row.From, row.Membership })
            .ToListAsync(cancellationToken);
        var rooms = ImmutableDictionary.CreateBuilder<RoomId, UserRoom>();
        foreach (var row in rows)
        {
            rooms[row.RoomId] = rooms.GetValueOrDefault(row.RoomId, UserRoom.None).With(row.From, row.Membership!);
        }

        return new UserRooms
        {
            Position = rows.Count == 0 ? StreamPosition.Zero : rows[^1].From,
            Rooms = rooms.ToImmutable(),
        };
    }

    protected internal override bool TryGetKey(StreamChange change, out UserId key)
    {
        key = change is RoomEventChange { UserId: { } userId } ? userId : default;
        return key != default;
    }

    protected override UserRooms Apply(UserRooms snapshot, StreamChange change)
    {
        var pdu = ((RoomEventChange)change).Pdu;
        var room = snapshot[pdu.RoomId].With(change.Position, pdu.Membership!);
        return snapshot with { Position = change.Position, Rooms = snapshot.Rooms.SetItem(pdu.RoomId, room) };
    }
}
