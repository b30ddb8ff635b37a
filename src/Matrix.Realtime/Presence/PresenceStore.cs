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
    /// <summary>The members of the rooms whose presence changed after the position.</summary>
    public async Task<IReadOnlyList<UserPresence>> ReadChangedAsync(
        IReadOnlyCollection<RoomId> rooms, StreamPosition after, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var members = database.Set<StateRow>()
            .Where(row => row.Membership == Memberships.Join && row.Until == StreamPosition.Never)
            .Where(row => rooms.Contains(row.RoomId));
        var changed = await database.Set<PresenceRow>().AsNoTracking()
            .Where(row => row.Position > after)
            .Where(row => members.Any(member => member.StateKey == (string)(object)row.UserId))
            .ToListAsync(cancellationToken);
        return [.. changed.Select(UserPresence.From)];
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
