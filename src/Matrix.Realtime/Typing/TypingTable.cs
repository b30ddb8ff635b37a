using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Typing;

/// <summary>Live typing sets by room.</summary>
internal sealed class TypingTable : LiveTable<RoomId, TypingState>
{
    public override bool IsHistorical => false;

    protected internal override async Task<TypingState> LoadAsync(
        MatrixDbContext database, RoomId key, StreamPosition at, CancellationToken cancellationToken)
    {
        var all = database.Set<TypingRow>().AsNoTracking().Where(row => row.RoomId == key);
        var latest = all.OrderByDescending(row => row.Position).Take(TypingState.MaxLatest).Select(row => row.Position);
        var rows = await all.Where(row => row.IsTyping || latest.Contains(row.Position))
            .OrderBy(row => row.Position).ToListAsync(cancellationToken);
        return new TypingState
        {
            Position = rows.Count == 0 ? StreamPosition.Zero : rows[^1].Position,
            Users = [.. rows.Where(row => row.IsTyping).Select(row => row.UserId)],
            Latest = [.. rows.TakeLast(TypingState.MaxLatest).Select(row => (row.UserId, row.Position))],
        };
    }

    protected internal override bool TryGetKey(StreamChange change, out RoomId key)
    {
        key = change is TypingChange { RoomId: { } roomId } ? roomId : default;
        return key != default;
    }

    protected override TypingState Apply(TypingState snapshot, StreamChange change) =>
        snapshot.With((TypingChange)change);
}
