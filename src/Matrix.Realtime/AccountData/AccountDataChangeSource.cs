using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.AccountData;

/// <summary>Reads account data back from the store.</summary>
internal sealed class AccountDataChangeSource : IPagedChangeSource
{
    public async Task<IReadOnlyList<StreamChange>> ReadPageAsync(
        MatrixDbContext database, ChangeRange range, CancellationToken cancellationToken)
    {
        if (!range.Wants(ChangeKinds.AccountData))
        {
            return [];
        }

        var (after, through) = range;
        var wanted = database.Set<AccountDataRow>().AsNoTracking();
        wanted = range.Owner is { } owner ? wanted.Where(row => row.UserId == owner) : wanted;
        var rows = await wanted
            .Where(row => row.Position > after && row.Position <= through)
            .OrderBy(row => row.Position).Take(range.Limit).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new AccountDataChange(
            row.UserId, RoomId.TryParse(row.Scope, out var roomId) ? roomId : null, row.Type, row.Content)
        {
            Position = row.Position,
        })];
    }
}
