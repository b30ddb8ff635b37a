using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Presence;

/// <summary>Reads stored presence.</summary>
internal sealed class PresenceStore(IDbContextFactory<MatrixDbContext> databases, RoomStates states) : IPagedChangeSource
{
    /// <summary>How many users are looked for at once.</summary>
    private const int PageSize = 1000;

    /// <summary>The members of the rooms whose presence changed after the position.</summary>
    public async Task<IReadOnlyList<UserPresence>> ReadChangedAsync(
        IReadOnlyCollection<RoomId> rooms, StreamPosition after, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var changed = await database.Set<PresenceRow>().AsNoTracking()
            .Where(row => row.Position > after).ToListAsync(cancellationToken);
        List<UserPresence> found = [];
        foreach (var page in changed.Chunk(PageSize))
        {
            var users = page.Select(row => row.UserId.Value).ToList();
            var members = await database.Set<StateRow>().AsNoTracking()
                .Where(row => users.Contains(row.StateKey) && row.Membership == Memberships.Join)
                .Where(row => row.Until == StreamPosition.Never && rooms.Contains(row.RoomId))
                .Select(row => row.StateKey).Distinct().ToListAsync(cancellationToken);
            found.AddRange(page.IntersectBy(members, row => row.UserId.Value).Select(UserPresence.From));
        }

        return found;
    }

    /// <summary>The changes of a range, without the rooms whose members see them.</summary>
    public async Task<IReadOnlyList<StreamChange>> ReadPageAsync(
        MatrixDbContext database, ChangeRange range, CancellationToken cancellationToken)
    {
        if (!range.Wants(ChangeKinds.Presence))
        {
            return [];
        }

        var (after, through) = range;
        var rows = await database.Set<PresenceRow>().AsNoTracking()
            .Where(row => row.Position > after && row.Position <= through)
            .OrderBy(row => row.Position).Take(range.Limit).ToListAsync(cancellationToken);
        return [.. rows.Select(row => ToChange(row, []))];
    }

    public async Task<IReadOnlyList<StreamChange>> ReadAsync(
        MatrixDbContext database, StreamPosition after, StreamPosition through, CancellationToken cancellationToken)
    {
        var rows = await database.Set<PresenceRow>().AsNoTracking()
            .Where(row => row.Position > after && row.Position <= through).ToListAsync(cancellationToken);
        List<StreamChange> changes = [];
        foreach (var row in rows)
        {
            var rooms = await states.GetUserRoomsAsync(states.Current, row.UserId, cancellationToken);
            changes.Add(ToChange(row, [.. rooms.Joined]));
        }

        return changes;
    }

    private static PresenceChange ToChange(PresenceRow row, IReadOnlyCollection<RoomId> rooms) =>
        new(UserPresence.From(row), rooms, TimeSpan.Zero) { Position = row.Position };
}
