using System.Collections.Concurrent;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Accounts.Moderation;

/// <summary>
/// Which accounts are restricted: a copy of their rows, read at the start and changed as a change of them is applied.
/// </summary>
internal sealed class RestrictedAccounts : IStartupParticipant
{
    private readonly ConcurrentDictionary<UserId, AccountRestriction> _restrictions = new();

    public AccountRestriction Of(UserId userId) => _restrictions.GetValueOrDefault(userId);

    /// <summary>Takes over what the row says once the batch is applied, before the change is answered.</summary>
    public void Follow(ChangeBatch batch, AccountRow account)
    {
        var (userId, restriction) = (account.UserId, account.Restriction);
        batch.OnApplied(() => Set(userId, restriction));
    }

    public async ValueTask OnStartingAsync(ChangeBatch batch)
    {
        var accounts = await batch.ReadAsync((database, cancellationToken) => database.Set<AccountRow>().AsNoTracking()
            .Where(row => row.Restriction != AccountRestriction.None).ToListAsync(cancellationToken));
        accounts.ForEach(account => Set(account.UserId, account.Restriction));
    }

    private void Set(UserId userId, AccountRestriction restriction)
    {
        if (restriction == AccountRestriction.None)
        {
            _restrictions.TryRemove(userId, out _);
        }
        else
        {
            _restrictions[userId] = restriction;
        }
    }
}
