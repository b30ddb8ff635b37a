using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Accounts.Moderation;

/// <summary>Lets administrators lock and suspend the accounts of others.</summary>
internal sealed class ModerationService(
    ServerAdministrators administrators,
    RestrictedAccounts restricted,
    AccountStore accounts,
    DeviceSessions sessions,
    LocalServer server)
{
    /// <summary>Whether the account is under the restriction.</summary>
    public async Task<bool> HasAsync(
        Requester requester, string user, AccountRestriction restriction, CancellationToken cancellationToken)
    {
        administrators.Require(requester.UserId);
        var target = Parse(user);
        if (target != requester.UserId)
        {
            RequireOrdinary(target);
        }

        return Require(await accounts.FindAsync(target, cancellationToken)).Restriction.HasFlag(restriction);
    }

    /// <summary>Puts the account under the restriction, or frees it of it.</summary>
    public async Task SetAsync(
        Requester requester,
        string user,
        AccountRestriction restriction,
        bool? wanted,
        CancellationToken cancellationToken)
    {
        administrators.Require(requester.UserId);
        var target = Parse(user);
        RequireOrdinary(target);
        var isWanted = wanted ?? throw MatrixException.MissingParam("The body must say whether, by true or false.");
        await sessions.ChangeAsync(target, SetAsync, cancellationToken);

        async ValueTask SetAsync(ChangeBatch batch)
        {
            var account = Require(await batch.ReadAsync((database, token) =>
                AccountStore.FindAsync(database, target, token)));
            account.Restriction = isWanted ? account.Restriction | restriction : account.Restriction & ~restriction;
            batch.Upsert(account);
            restricted.Follow(batch, account);
        }
    }

    private UserId Parse(string user) =>
        UserId.TryParse(user, out var userId) && server.Owns(userId)
            ? userId
            : throw MatrixException.InvalidParam("This is not a user of this server.");

    private void RequireOrdinary(UserId target)
    {
        if (administrators.Contains(target))
        {
            throw MatrixException.Forbidden("Administrators cannot be locked or suspended.");
        }
    }

    private static AccountRow Require(AccountRow? account) =>
        account is { Deactivated: false } ? account : throw MatrixException.NotFound("There is no such user.");
}
