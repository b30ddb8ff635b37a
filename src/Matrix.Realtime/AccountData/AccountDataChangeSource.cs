using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.AccountData;

/// <summary>Reads account data that another process has committed.</summary>
internal sealed class AccountDataChangeSource : IChangeSource
{
    public async Task<IReadOnlyList<StreamChange>> ReadAsync(
        MatrixDbContext database, StreamPosition after, StreamPosition through, CancellationToken cancellationToken)
    {
        var rows = await database.Set<AccountDataRow>().AsNoTracking()
            .Where(row => row.Position > after && row.Position <= through).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new AccountDataChange(
            row.UserId, RoomId.TryParse(row.Scope, out var roomId) ? roomId : null, row.Type, row.Content)
        {
            Position = row.Position,
        })];
    }
}
