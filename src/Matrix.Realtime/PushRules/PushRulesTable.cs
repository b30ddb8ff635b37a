using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.PushRules;

/// <summary>Live push rules by user.</summary>
internal sealed class PushRulesTable(DefaultPushRules defaults) : LiveTable<UserId, UserPushRules>
{
    public override bool IsHistorical => false;

    protected internal override async Task<UserPushRules> LoadAsync(
        MatrixDbContext database, UserId key, StreamPosition at, CancellationToken cancellationToken)
    {
        var row = await database.Set<PushRulesRow>().AsNoTracking()
            .FirstOrDefaultAsync(row => row.UserId == key, cancellationToken);
        return row is null
            ? new(defaults, key, PushRuleChanges.None, StreamPosition.Zero)
            : new(defaults, key, PushRuleChanges.Parse(row.Changes), row.Position);
    }

    protected internal override bool TryGetKey(StreamChange change, out UserId key)
    {
        key = change is PushRulesChange { Owner: var owner } ? owner : default;
        return key != default;
    }

    protected override UserPushRules Apply(UserPushRules snapshot, StreamChange change)
    {
        var changed = (PushRulesChange)change;
        return new(defaults, changed.Owner, changed.Changes, changed.Position);
    }
}
