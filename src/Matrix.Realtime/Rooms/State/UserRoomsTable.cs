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

        var forgotten = await database.Set<ForgottenRoomRow>().AsNoTracking()
            .Where(row => row.UserId == key && row.Position <= at).ToListAsync(cancellationToken);
        foreach (var row in forgotten)
        {
            rooms[row.RoomId] = rooms.GetValueOrDefault(row.RoomId, UserRoom.None) with { ForgottenAt = row.Position };
        }

        return new UserRooms
        {
            Position = rows.Select(row => row.From).Concat(forgotten.Select(row => row.Position))
                .DefaultIfEmpty(StreamPosition.Zero).Max(),
            Rooms = rooms.ToImmutable(),
        };
    }

    protected internal override bool TryGetKey(StreamChange change, out UserId key)
    {
        key = change is RoomEventChange or RoomForgottenChange && change.UserId is { } userId ? userId : default;
        return key != default;
    }

    protected override UserRooms Apply(UserRooms snapshot, StreamChange change)
    {
        var roomId = change.RoomId!.Value;
        var room = change is RoomEventChange added
            ? snapshot[roomId].With(change.Position, added.Pdu.Membership!)
            : snapshot[roomId] with { ForgottenAt = change.Position };
        return snapshot with { Position = change.Position, Rooms = snapshot.Rooms.SetItem(roomId, room), Used = true };
    }
}
