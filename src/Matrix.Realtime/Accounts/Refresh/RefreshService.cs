using Matrix.Realtime.Accounts.Moderation;
using Matrix.Realtime.Accounts.Tokens;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Accounts.Refresh;

/// <summary>Exchanges refresh tokens for new tokens.</summary>
/// <remarks>
/// The old tokens stay valid until one of the new is used, so that a client that never got the answer can ask again.
/// </remarks>
internal sealed class RefreshService(
    IDbContextFactory<MatrixDbContext> databases,
    DeviceSessions sessions,
    AccessTokens tokens,
    RestrictedAccounts restricted)
{
    /// <exception cref="MatrixException">M_UNKNOWN_TOKEN: the refresh token is none, or none any more. M_USER_LOCKED: it
    /// is one again when the account is unlocked.</exception>
    public async Task<IssuedTokens> RefreshAsync(string refreshToken, CancellationToken cancellationToken)
    {
        while (true)
        {
            var row = await FindAsync(refreshToken, cancellationToken)
                ?? throw MatrixException.UnknownToken("Unknown refresh token");
            if (restricted.Of(row.UserId).HasFlag(AccountRestriction.Locked))
            {
                throw MatrixException.Locked();
            }

            if (await sessions.ChangeAsync(
                    row.UserId, batch => TryRefreshAsync(batch, row), cancellationToken) is { } issued)
            {
                return issued;
            }
        }
    }

    private async Task<RefreshTokenRow?> FindAsync(string refreshToken, CancellationToken cancellationToken)
    {
        if (!RefreshToken.TryHash(refreshToken, out var tokenHash))
        {
            return null;
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<RefreshTokenRow>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.TokenHash == tokenHash, cancellationToken);
    }

    /// <summary>Issues new tokens; null when the refresh token has gone meanwhile.</summary>
    private async ValueTask<IssuedTokens?> TryRefreshAsync(ChangeBatch batch, RefreshTokenRow row)
    {
        if (!await batch.ReadAsync((database, cancellationToken) => database.Set<RefreshTokenRow>()
                .AnyAsync(current => current.TokenHash == row.TokenHash, cancellationToken)))
        {
            return null;
        }

        await tokens.SettleAsync(batch, row.UserId, row.DeviceId, row.TokenHash);
        return tokens.Issue(batch, new Requester(row.UserId, row.DeviceId), isRefreshable: true, isRefresh: true);
    }
}
