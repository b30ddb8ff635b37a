using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Accounts;

/// <summary>Tells other features which accounts there are.</summary>
internal sealed class AccountDirectory(AccountStore accounts)
{
    /// <summary>Whether the user has, or had, an account here.</summary>
    public async Task<bool> ExistsAsync(UserId userId, CancellationToken cancellationToken) =>
        await accounts.FindAsync(userId, cancellationToken) is not null;

    /// <summary>What has been taken from an account; null when there is none, or it was given up.</summary>
    public async Task<AccountRestriction?> FindRestrictionAsync(UserId userId, CancellationToken cancellationToken) =>
        await accounts.FindAsync(userId, cancellationToken) is { Deactivated: false } account
            ? account.Restriction
            : null;
}
