using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Accounts.Tokens;

/// <summary>Issues, checks and revokes access tokens. Checking one that was seen recently reads no database.</summary>
internal sealed class AccessTokens(IDbContextFactory<MatrixDbContext> databases, TimeProvider time)
    : IAccessTokenVerifier
{
    private const int RecentCapacity = 100_000;

    private readonly RecentTokens _recent = new(RecentCapacity);

    public ValueTask<Requester?> VerifyAsync(string accessToken, CancellationToken cancellationToken)
    {
        if (!AccessToken.TryHash(accessToken, out var tokenHash))
        {
            return ValueTask.FromResult<Requester?>(null);
        }

        return _recent.TryGet(tokenHash, out var owner)
            ? ValueTask.FromResult<Requester?>(owner)
            : new(ReadAsync(tokenHash, cancellationToken));
    }

    /// <summary>Issues a token, valid once the batch is committed.</summary>
    public string Issue(ChangeBatch batch, Requester owner)
    {
        var token = AccessToken.Create();
        var tokenHash = AccessToken.Hash(token);
        batch.Insert(new AccessTokenRow
        {
            TokenHash = tokenHash,
            UserId = owner.UserId,
            DeviceId = owner.DeviceId,
            CreatedTs = time.GetUtcNow().ToUnixTimeMilliseconds(),
        });

        // On the writer's loop, where tokens are removed too: none can be removed between these two.
        batch.OnApplied(() => _recent.Add(tokenHash, owner, _recent.Removals));
        return token;
    }

    /// <summary>Revokes the committed tokens of one device of a user, or of all.</summary>
    public async ValueTask RevokeAsync(ChangeBatch batch, UserId userId, DeviceId? deviceId)
    {
        var rows = await batch.ReadAsync((database, cancellationToken) => database.Set<AccessTokenRow>().AsNoTracking()
            .Where(row => row.UserId == userId && (deviceId == null || row.DeviceId == deviceId))
            .ToListAsync(cancellationToken));
        if (rows.Count == 0)
        {
            // Revoked before by a batch whose outcome was never learnt, so that its eviction was lost.
            _recent.Clear();
        }

        foreach (var row in rows)
        {
            batch.Delete(row);
        }

        batch.OnApplied(() => _recent.Remove(rows.Select(row => row.TokenHash)));
    }

    private async Task<Requester?> ReadAsync(string tokenHash, CancellationToken cancellationToken)
    {
        var removals = _recent.Removals;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var row = await database.Set<AccessTokenRow>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.TokenHash == tokenHash, cancellationToken);
        if (row is null)
        {
            return null;
        }

        var owner = new Requester(row.UserId, row.DeviceId);
        _recent.Add(tokenHash, owner, removals);
        return owner;
    }
}
