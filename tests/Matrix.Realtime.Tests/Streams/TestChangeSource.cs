using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Tests.Streams;

/// <summary>Reads test changes back from their rows.</summary>
internal sealed class TestChangeSource : IChangeSource
{
    public async Task<IReadOnlyList<StreamChange>> ReadAsync(
        MatrixDbContext database, StreamPosition after, StreamPosition through, CancellationToken cancellationToken)
    {
        var rows = await database.Set<EventRow>()
            .Where(row => row.Position > after && row.Position <= through)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row =>
            new TestChange(row.RoomId, row.Sender, row.OriginServerTs) { Position = row.Position })];
    }
}
