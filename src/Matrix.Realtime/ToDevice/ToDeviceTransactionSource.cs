using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.ToDevice;

/// <summary>Reads remembered requests back from the store.</summary>
internal sealed class ToDeviceTransactionSource : IChangeSource
{
    public async Task<IReadOnlyList<StreamChange>> ReadAsync(
        MatrixDbContext database, StreamPosition after, StreamPosition through, CancellationToken cancellationToken)
    {
        var rows = await database.Set<ToDeviceTransactionRow>().AsNoTracking()
            .Where(row => row.Position > after && row.Position <= through)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(ToDeviceTransactionChange.From)];
    }
}
