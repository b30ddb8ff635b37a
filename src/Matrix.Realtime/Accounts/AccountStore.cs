using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Accounts;

/// <summary>Reads accounts.</summary>
internal sealed class AccountStore(IDbContextFactory<MatrixDbContext> databases)
{
    public async Task<AccountRow?> FindAsync(UserId userId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await FindAsync(database, userId, cancellationToken);
    }

    /// <summary>Reads an account in the context of a batch.</summary>
    public static Task<AccountRow?> FindAsync(
        MatrixDbContext database,
        UserId userId,
        CancellationToken cancellationToken) =>
        database.Set<AccountRow>().AsNoTracking().SingleOrDefaultAsync(row => row.UserId == userId, cancellationToken);
}
