using System.Collections.Immutable;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.AccountData;

/// <summary>Live account data by user.</summary>
internal sealed class AccountDataTable : LiveTable<UserId, AccountDataState>
{
    public override bool IsHistorical => false;

    protected internal override async Task<AccountDataState> LoadAsync(
        MatrixDbContext database, UserId key, StreamPosition at, CancellationToken cancellationToken)
    {
        var rows = await database.Set<AccountDataRow>().AsNoTracking()
            .Where(row => row.UserId == key).ToListAsync(cancellationToken);
        var ignored = await database.Set<IgnoredUserRow>().AsNoTracking()
            .Where(row => row.UserId == key).OrderBy(row => row.From).ToListAsync(cancellationToken);
        var state = new AccountDataState { UserId = key, Position = StreamPosition.Zero };
        foreach (var row in rows)
        {
            RoomId? roomId = RoomId.TryParse(row.Scope, out var room) ? room : null;
            state = state.With(roomId, new AccountDataEntry(row.Type, row.Content, row.Position));
        }

        return state with { Ignored = ToIgnored(ignored, state.Position) };
    }

    protected internal override bool TryGetKey(StreamChange change, out UserId key)
    {
        key = change is AccountDataChange { Owner: var owner } ? owner : default;
        return key != default;
    }

    protected override AccountDataState Apply(AccountDataState snapshot, StreamChange change)
    {
        var written = (AccountDataChange)change;
        var entry = new AccountDataEntry(written.Type, written.Content, written.Position);
        var state = snapshot.With(written.RoomId, entry);
        return written is { RoomId: null, Type: AccountDataTypes.IgnoredUserList }
            ? state with { Ignored = state.Ignored.With(IgnoredUsers.Parse(entry, written.Owner), entry.Position) }
            : state;
    }

    /// <summary>
    /// The periods as of the position. They are read after the rows, so they may be newer; but every change of them has
    /// a row of its own at the same position, which tells what to leave out.
    /// </summary>
    private static IgnoredUsers ToIgnored(List<IgnoredUserRow> rows, StreamPosition at)
    {
        var periods = rows.Where(row => row.From <= at)
            .Select(row => (row.IgnoredUserId, Period: new IgnorePeriod(
                row.From, row.Until <= at ? row.Until : StreamPosition.Never)))
            .ToList();
        return new(
            [.. periods.Where(row => row.Period.Until == StreamPosition.Never).Select(row => row.IgnoredUserId)],
            periods.GroupBy(row => row.IgnoredUserId).ToImmutableDictionary(
                user => user.Key, user => user.Select(row => row.Period).ToImmutableArray()));
    }
}
