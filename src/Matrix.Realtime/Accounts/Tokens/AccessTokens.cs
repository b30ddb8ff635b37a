using Matrix.Realtime.Accounts.Moderation;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Accounts.Tokens;

/// <summary>Issues, checks and revokes access tokens. Checking one that was seen recently reads no database.</summary>
internal sealed class AccessTokens(
    IDbContextFactory<MatrixDbContext> databases,
    ChangeWriter writer,
    RestrictedAccounts restricted,
    TimeProvider time,
    IOptions<RealtimeOptions> options) : IAccessTokenVerifier
{
    private const int RecentCapacity = 100_000;

    private static readonly TimeSpan RefreshableLifetime = TimeSpan.FromHours(1);

    private readonly RecentTokens _recent = new(RecentCapacity);
    private readonly TimeSpan? _lifetime = options.Value.AccessTokenLifetime;

    public ValueTask<Requester?> VerifyAsync(string accessToken, CancellationToken cancellationToken)
    {
        if (!AccessToken.TryHash(accessToken, out var tokenHash))
        {
            return ValueTask.FromResult<Requester?>(null);
        }

        return _recent.TryGet(tokenHash, out var owner)
            ? ValueTask.FromResult<Requester?>(RequireUnexpired(owner))
            : new(ReadAsync(tokenHash, cancellationToken));
    }

    /// <summary>Issues tokens, valid once the batch is committed.</summary>
    /// <param name="batch">The batch that logs the owner in.</param>
    /// <param name="owner">Whom they belong to.</param>
    /// <param name="isRefreshable">Whether to issue a refresh token too.</param>
    /// <param name="isRefresh">Whether the first use is to revoke the device's earlier tokens.</param>
    public IssuedTokens Issue(ChangeBatch batch, Requester owner, bool isRefreshable, bool isRefresh = false)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var lifetime = (long?)(_lifetime ?? (isRefreshable ? RefreshableLifetime : null))?.TotalMilliseconds;
        var tokens = new IssuedTokens(AccessToken.Create(), isRefreshable ? RefreshToken.Create() : null, lifetime);
        var row = new AccessTokenRow
        {
            TokenHash = AccessToken.Hash(tokens.AccessToken),
            UserId = owner.UserId,
            DeviceId = owner.DeviceId,
            CreatedTs = now,
            ExpiresTs = now + lifetime,
            RefreshTokenHash = tokens.RefreshToken is null ? null : RefreshToken.Hash(tokens.RefreshToken),
            IsUnused = isRefresh,
        };
        batch.Insert(row);
        if (row.RefreshTokenHash is not null)
        {
            batch.Insert(new RefreshTokenRow
            {
                TokenHash = row.RefreshTokenHash,
                UserId = owner.UserId,
                DeviceId = owner.DeviceId,
                CreatedTs = now,
            });
        }

        if (!isRefresh)
        {
            Remember(batch, row);
        }

        return tokens;
    }

    /// <summary>Revokes the committed tokens of one device of a user, or of all.</summary>
    public ValueTask RevokeAsync(ChangeBatch batch, UserId userId, DeviceId? deviceId) =>
        RevokeAsync(batch, userId, deviceId, null);

    /// <summary>
    /// Takes a refresh token, and the access token that came with it, as used: what they replaced, and what an earlier
    /// use of the same refresh token may have led to, is revoked.
    /// </summary>
    public ValueTask SettleAsync(ChangeBatch batch, UserId userId, DeviceId deviceId, string refreshTokenHash) =>
        RevokeAsync(batch, userId, deviceId, refreshTokenHash);

    private async ValueTask RevokeAsync(ChangeBatch batch, UserId userId, DeviceId? deviceId, string? exceptRefreshHash)
    {
        var rows = await batch.ReadAsync((database, cancellationToken) => database.Set<AccessTokenRow>().AsNoTracking()
            .Where(row => row.UserId == userId && (deviceId == null || row.DeviceId == deviceId))
            .ToListAsync(cancellationToken));
        var refreshRows = await batch.ReadAsync((database, cancellationToken) =>
            database.Set<RefreshTokenRow>().AsNoTracking()
                .Where(row => row.UserId == userId && (deviceId == null || row.DeviceId == deviceId))
                .Where(row => row.TokenHash != exceptRefreshHash)
                .ToListAsync(cancellationToken));
        if (rows.Count == 0)
        {
            // Revoked before by a batch whose outcome was never learnt, so that its eviction was lost.
            batch.OnApplied(_recent.Clear);
        }

        var kept = rows.Where(row => exceptRefreshHash is not null && row.RefreshTokenHash == exceptRefreshHash).ToList();
        var revoked = rows.Except(kept).ToList();
        revoked.ForEach(batch.Delete);
        refreshRows.ForEach(batch.Delete);
        batch.OnApplied(() => _recent.Remove(revoked.Select(row => row.TokenHash)));
        foreach (var row in kept.Where(row => row.IsUnused))
        {
            row.IsUnused = false;
            batch.Upsert(row);
            Remember(batch, row);
        }
    }

    // On the writer's loop, where tokens are removed too: none can be removed between reading the count and adding.
    private void Remember(ChangeBatch batch, AccessTokenRow row) =>
        batch.OnApplied(() => _recent.Add(row.TokenHash, OwnerOf(row), _recent.Removals));

    private async Task<Requester?> ReadAsync(string tokenHash, CancellationToken cancellationToken)
    {
        while (true)
        {
            var removals = _recent.Removals;
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            var row = await database.Set<AccessTokenRow>().AsNoTracking()
                .SingleOrDefaultAsync(row => row.TokenHash == tokenHash, cancellationToken);
            if (row is null)
            {
                return null;
            }

            var requester = RequireUnexpired(OwnerOf(row));
            if (!row.IsUnused)
            {
                _recent.Add(tokenHash, OwnerOf(row), removals);
                return requester;
            }

            await writer.SubmitAloneAsync(
                DeviceSessions.KeyOf(row.UserId), batch => SettleAsync(batch, row), cancellationToken);
        }
    }

    /// <summary>Takes the token as used, unless another request was faster.</summary>
    private async ValueTask<bool> SettleAsync(ChangeBatch batch, AccessTokenRow row)
    {
        var isUnused = await batch.ReadAsync((database, cancellationToken) => database.Set<AccessTokenRow>()
            .AnyAsync(current => current.TokenHash == row.TokenHash && current.IsUnused, cancellationToken));
        if (isUnused && row.RefreshTokenHash is { } refreshTokenHash)
        {
            await SettleAsync(batch, row.UserId, row.DeviceId, refreshTokenHash);
        }

        return isUnused;
    }

    private Requester RequireUnexpired(TokenOwner owner) =>
        owner.ExpiresTs is { } expiresTs && time.GetUtcNow().ToUnixTimeMilliseconds() >= expiresTs
            ? throw MatrixException.SoftLogout(MatrixErrorCodes.UnknownToken, "The access token has expired.")
            : WithRestriction(owner.Requester);

    // Looked up by every request, not kept with the token: a restriction is in force with the answer that confirms it.
    private Requester WithRestriction(Requester requester) =>
        restricted.Of(requester.UserId) is var restriction && restriction == AccountRestriction.None
            ? requester
            : requester with { Restriction = restriction };

    private static TokenOwner OwnerOf(AccessTokenRow row) => new(new Requester(row.UserId, row.DeviceId), row.ExpiresTs);
}
