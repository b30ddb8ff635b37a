using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.RoomDirectory.Aliases;

/// <summary>
/// Which alias points at which room. An alias is unique because it is claimed on the writer's loop, against what
/// everybody before has claimed.
/// </summary>
internal sealed class RoomAliases(LiveState live, RoomAliasTable aliases, IDbContextFactory<MatrixDbContext> databases)
{
    public async ValueTask<RoomId?> FindAsync(RoomAlias alias, CancellationToken cancellationToken) =>
        (await live.GetAsync(live.Current, aliases, alias, cancellationToken)).RoomId;

    /// <summary>What the alias points at, with what a batch has done so far.</summary>
    public ValueTask<RoomAliasState> GetAsync(ChangeBatch batch, RoomAlias alias) => batch.GetAsync(aliases, alias);

    /// <summary>The aliases of a room, in order.</summary>
    public async Task<IReadOnlyList<RoomAlias>> GetAllAsync(RoomId roomId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<RoomAliasRow>().AsNoTracking()
            .Where(row => row.RoomId == roomId).OrderBy(row => row.Alias).Select(row => row.Alias)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Points an alias at a room; false if it points at one already.</summary>
    public async ValueTask<bool> TryClaimAsync(ChangeBatch batch, RoomAlias alias, RoomId roomId, UserId creator)
    {
        if ((await GetAsync(batch, alias)).RoomId is not null)
        {
            return false;
        }

        Write(batch, alias, roomId, creator);
        return true;
    }

    /// <summary>Gives an alias up, for anybody to take.</summary>
    public static void Release(ChangeBatch batch, RoomAlias alias, UserId sender) => Write(batch, alias, null, sender);

    /// <summary>Points all aliases of a room at another.</summary>
    public async ValueTask MoveAsync(ChangeBatch batch, RoomId from, RoomId to)
    {
        var committed = await batch.ReadAsync((database, cancellationToken) => database.Set<RoomAliasRow>()
            .Where(row => row.RoomId == from).Select(row => row.Alias).ToListAsync(cancellationToken));
        var earlier = batch.Changes.OfType<RoomAliasChange>().Select(change => change.Alias);
        foreach (var alias in committed.Concat(earlier).Distinct().ToList())
        {
            var state = await GetAsync(batch, alias);
            if (state.RoomId == from)
            {
                Write(batch, alias, to, state.Creator);
            }
        }
    }

    private static void Write(ChangeBatch batch, RoomAlias alias, RoomId? roomId, UserId creator)
    {
        var position = batch.Append(new RoomAliasChange(alias, roomId, creator));
        batch.Upsert(new RoomAliasRow { Alias = alias, RoomId = roomId, Creator = creator, Position = position });
    }
}
