using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Filters;

/// <summary>The filters that users have uploaded.</summary>
internal sealed class FilterStore(IDbContextFactory<MatrixDbContext> contexts, ChangeWriter writer)
{
    /// <summary>The definition of a user's filter, or null when they have none of that id.</summary>
    public async Task<byte[]?> FindAsync(UserId userId, string filterId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<FilterRow>()
            .Where(row => row.UserId == userId && row.FilterId == filterId)
            .Select(row => row.Definition)
            .FirstOrDefaultAsync(cancellationToken);
    }

    public Task AddAsync(FilterRow row, CancellationToken cancellationToken) =>
        writer.SubmitAsync(
            batch =>
            {
                batch.Upsert(row);
                return ValueTask.CompletedTask;
            },
            cancellationToken);
}
