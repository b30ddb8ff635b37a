using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.PushRules;

/// <summary>Reads changes of push rules back from the store.</summary>
internal sealed class PushRulesChangeSource : IPagedChangeSource
{
    public async Task<IReadOnlyList<StreamChange>> ReadPageAsync(
        MatrixDbContext database, ChangeRange range, CancellationToken cancellationToken)
    {
        if (!range.Wants(ChangeKinds.AccountData))
        {
            return [];
        }

        var (after, through) = range;
        var wanted = database.Set<PushRulesRow>().AsNoTracking();
        wanted = range.Owner is { } owner ? wanted.Where(row => row.UserId == owner) : wanted;
        var rows = await wanted
            .Where(row => row.Position > after && row.Position <= through)
            .OrderBy(row => row.Position).Take(range.Limit).ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row =>
                new PushRulesChange(row.UserId, PushRuleChanges.Parse(row.Changes)) { Position = row.Position }),
        ];
    }
}
