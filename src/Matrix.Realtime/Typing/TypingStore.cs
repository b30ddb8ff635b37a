using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Typing;

/// <summary>Reads stored typing sets.</summary>
internal sealed class TypingStore(IDbContextFactory<MatrixDbContext> databases) : IPagedChangeSource
{
    /// <summary>Those of the rooms where somebody started or stopped typing after the position.</summary>
    public async Task<IReadOnlyList<RoomId>> ReadChangedRoomsAsync(
        IReadOnlyCollection<RoomId> rooms, StreamPosition after, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<TypingRow>().AsNoTracking()
            .Where(row => rooms.Contains(row.RoomId) && row.Position > after)
            .Select(row => row.RoomId).Distinct().ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Those of the rooms where one of the users types, or started or stopped typing after the position.
    /// </summary>
    public async Task<IReadOnlyList<RoomId>> ReadRoomsOfAsync(
        IReadOnlyCollection<RoomId> rooms,
        IReadOnlyCollection<UserId> users,
        StreamPosition after,
        CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<TypingRow>().AsNoTracking()
            .Where(row => rooms.Contains(row.RoomId) && users.Contains(row.UserId))
            .Where(row => row.IsTyping || row.Position > after)
            .Select(row => row.RoomId).Distinct().ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<StreamChange>> ReadPageAsync(
        MatrixDbContext database, ChangeRange range, CancellationToken cancellationToken)
    {
        if (!range.Wants(ChangeKinds.Typing))
        {
            return [];
        }

        var (after, through) = range;
        var wanted = database.Set<TypingRow>().AsNoTracking();
        wanted = range.RoomId is { } roomId ? wanted.Where(row => row.RoomId == roomId) : wanted;
        var rows = await wanted
            .Where(row => row.Position > after && row.Position <= through)
            .OrderBy(row => row.Position).Take(range.Limit).ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row => new TypingChange(row.RoomId, row.UserId, row.IsTyping) { Position = row.Position }),
        ];
    }
}
