using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.ToDevice;

/// <summary>Reads messages that still wait back from the store.</summary>
internal sealed class ToDeviceChangeSource : IPagedChangeSource
{
    public async Task<IReadOnlyList<StreamChange>> ReadPageAsync(
        MatrixDbContext database, ChangeRange range, CancellationToken cancellationToken)
    {
        if (!range.Wants(ChangeKinds.ToDevice))
        {
            return [];
        }

        var (after, through) = range;
        var wanted = database.Set<ToDeviceMessageRow>().AsNoTracking();
        wanted = range.Owner is { } owner ? wanted.Where(row => row.UserId == owner) : wanted;
        var rows = await wanted
            .Where(row => row.Position > after && row.Position <= through)
            .OrderBy(row => row.Position).Take(range.Limit).ToListAsync(cancellationToken);
        return [.. rows.Select(ToDeviceChange.From)];
    }
}
