using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Keys.CrossSigning;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Keys.DeviceLists;

/// <summary>Reads news of devices where live state does not reach back far enough.</summary>
internal sealed class DeviceListStore(IDbContextFactory<MatrixDbContext> databases, RoomStates states) : IChangeSource
{
    /// <summary>How many users are looked for at once.</summary>
    private const int PageSize = 1000;

    /// <summary>Those who share a room with the user and whose devices changed.</summary>
    public async Task<IReadOnlyCollection<UserId>> ReadChangedAsync(
        DeviceListQuery query, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var changed = await database.Set<DeviceListRow>()
            .Where(row => row.Position > query.Since && row.UserId != query.UserId)
            .Select(row => row.UserId).ToListAsync(cancellationToken);
        var mates = await ReadRoomMatesAsync(database, query, changed, cancellationToken);
        return [.. mates.Where(mate => mate.Shares).Select(mate => mate.UserId)];
    }

    /// <summary>Those who have entered or left a room of the user.</summary>
    public async Task<IReadOnlyCollection<UserId>> ReadMovedAsync(
        DeviceListQuery query, CancellationToken cancellationToken)
    {
        List<RoomId> rooms = [.. query.Rooms.Joined];
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var moved = await database.Set<StateRow>()
            .Where(row => EF.Parameter(rooms).Contains(row.RoomId) && row.Type == EventTypes.Member)
            .Where(row => row.From > query.Since && row.From <= query.View.Position)
            .Select(row => row.StateKey).Distinct().ToListAsync(cancellationToken);
        return [.. moved.Where(stateKey => UserId.TryParse(stateKey, out _)).Select(UserId.Parse)];
    }

    /// <summary>The rooms of the user whose encryption was set.</summary>
    public async Task<IReadOnlyCollection<RoomId>> ReadEncryptedRoomsAsync(
        DeviceListQuery query, CancellationToken cancellationToken)
    {
        List<RoomId> rooms = [.. query.Rooms.Joined];
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<StateRow>()
            .Where(row => EF.Parameter(rooms).Contains(row.RoomId))
            .Where(row => row.Type == EventTypes.Encryption && row.StateKey == "")
            .Where(row => row.From > query.Since && row.From <= query.View.Position)
            .Select(row => row.RoomId).Distinct().ToListAsync(cancellationToken);
    }

    /// <summary>Whether the users share a room with another, and did before.</summary>
    public async Task<IReadOnlyList<RoomMate>> ReadRoomMatesAsync(
        DeviceListQuery query, IReadOnlyCollection<UserId> users, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await ReadRoomMatesAsync(database, query, users, cancellationToken);
    }

    public async Task<IReadOnlyList<StreamChange>> ReadAsync(
        MatrixDbContext database, StreamPosition after, StreamPosition through, CancellationToken cancellationToken)
    {
        var changed = await database.Set<DeviceListRow>().AsNoTracking()
            .Where(row => row.Position > after && row.Position <= through).ToListAsync(cancellationToken);
        var signed = await database.Set<KeySignatureRow>().AsNoTracking()
            .Where(row => row.Position > after && row.Position <= through && row.UserId != row.SignedUserId)
            .ToListAsync(cancellationToken);
        List<StreamChange> changes =
        [
            .. signed.Select(row => new UserSignedChange(row.UserId, row.SignedUserId) { Position = row.Position }),
        ];
        foreach (var row in changed)
        {
            var rooms = await states.GetUserRoomsAsync(states.Current, row.UserId, cancellationToken);
            changes.Add(new DeviceListChange(row.UserId, [.. rooms.Joined]) { Position = row.Position });
        }

        return changes;
    }

    private static async Task<List<RoomMate>> ReadRoomMatesAsync(
        MatrixDbContext database,
        DeviceListQuery query,
        IReadOnlyCollection<UserId> users,
        CancellationToken cancellationToken)
    {
        var now = query.View.Position;
        List<RoomId> rooms =
        [
            .. query.Rooms.Rooms.Where(room => room.Value.IsJoined || room.Value.At(query.Since) == Memberships.Join)
                .Select(room => room.Key),
        ];
        List<RoomMate> found = [];
        foreach (var page in users.Chunk(PageSize))
        {
            var stateKeys = page.Select(userId => userId.Value).ToList();
            var rows = await database.Set<StateRow>().AsNoTracking()
                .Where(row => EF.Parameter(stateKeys).Contains(row.StateKey) && row.Membership == Memberships.Join)
                .Where(row => row.From <= now && row.Until > query.Since && EF.Parameter(rooms).Contains(row.RoomId))
                .ToListAsync(cancellationToken);
            var memberships = rows.ToLookup(row => row.StateKey);
            found.AddRange(page.Select(userId => new RoomMate(
                userId,
                memberships[userId.Value].Any(row => row.From <= query.Since
                    && query.Rooms[row.RoomId].At(query.Since) == Memberships.Join),
                memberships[userId.Value].Any(row => row.Until > now && query.Rooms[row.RoomId].IsJoined))));
        }

        return found;
    }
}
