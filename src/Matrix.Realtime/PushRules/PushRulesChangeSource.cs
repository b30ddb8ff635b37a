using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.PushRules;

/// <summary>Reads the push rules that another process has committed.</summary>
internal sealed class PushRulesChangeSource : IChangeSource
{
    public async Task<IReadOnlyList<StreamChange>> ReadAsync(
        MatrixDbContext database, StreamPosition after, StreamPosition through, CancellationToken cancellationToken)
    {
        var rows = await database.Set<PushRulesRow>().AsNoTracking()
            .Where(row => row.Position > after && row.Position <= through).ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row =>
                new PushRulesChange(row.UserId, PushRuleChanges.Parse(row.Changes)) { Position = row.Position }),
        ];
    }
}
