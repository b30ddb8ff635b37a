using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Streams;

/// <summary>Reads from the database how far the stream has come.</summary>
internal sealed class HeadReader(IDbContextFactory<MatrixDbContext> databases)
{
    public async Task<StreamPosition> ReadAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<StreamHead>().Select(head => head.Position).SingleAsync(cancellationToken);
    }
}
