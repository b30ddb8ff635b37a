using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Accounts.InteractiveAuthentication;

/// <summary>Keeps sessions in the database, so that they survive a restart, until they expire.</summary>
internal sealed class UiaSessionStore(
    IDbContextFactory<MatrixDbContext> databases,
    ChangeWriter writer,
    TimeProvider time,
    IOptions<RealtimeOptions> options)
{
    /// <summary>Sweeping more than one for each that begins keeps the table from growing.</summary>
    private const int SweptPerBeginning = 16;

    private readonly TimeSpan _lifetime = options.Value.InteractiveAuthentication.SessionLifetime;

    /// <summary>The session of that id, unless it has expired or was begun for something else.</summary>
    public async Task<UiaSession?> FindAsync(string sessionId, string purpose, CancellationToken cancellationToken)
    {
        var sessionHash = UiaSeal.Hash(sessionId);
        var expired = Expired();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var row = await database.Set<UiaSessionRow>().AsNoTracking().SingleOrDefaultAsync(
            row => row.SessionHash == sessionHash && row.Purpose == purpose && row.CreatedTs > expired,
            cancellationToken);
        return row is null ? null : UiaSession.Restore(sessionId, row);
    }

    /// <summary>Keeps a session for the client's next attempt.</summary>
    public async Task SaveAsync(UiaSession session, CancellationToken cancellationToken)
    {
        var swept = session.CreatedTs is null ? await ReadExpiredAsync(cancellationToken) : [];
        var row = session.ToRow(time.GetUtcNow().ToUnixTimeMilliseconds());
        await writer.SubmitAsync(
            batch =>
            {
                batch.Upsert(row);
                swept.ForEach(batch.Delete);
                return ValueTask.CompletedTask;
            },
            cancellationToken);
    }

    private async Task<List<UiaSessionRow>> ReadExpiredAsync(CancellationToken cancellationToken)
    {
        var expired = Expired();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<UiaSessionRow>().AsNoTracking()
            .Where(row => row.CreatedTs <= expired)
            .OrderBy(row => row.CreatedTs)
            .Take(SweptPerBeginning)
            .ToListAsync(cancellationToken);
    }

    private long Expired() => (time.GetUtcNow() - _lifetime).ToUnixTimeMilliseconds();
}
