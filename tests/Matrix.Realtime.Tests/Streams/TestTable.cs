using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Tests.Streams;

/// <summary>Live tallies of rooms, which the store can tell exactly as of any position.</summary>
internal sealed class TestTable : LiveTable<RoomId, TestTally>
{
    private int _loads;

    public override bool IsHistorical => true;

    public override int Capacity => Limit;

    public int Limit { get; set; } = 1000;

    /// <summary>How often a room was read from the store.</summary>
    public int LoadCount => _loads;

    protected internal override async Task<TestTally> LoadAsync(
        MatrixDbContext database, RoomId key, StreamPosition at, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _loads);
        var rows = await database.Set<EventRow>()
            .Where(row => row.RoomId == key && row.Position <= at)
            .OrderBy(row => row.Position)
            .Select(row => new { row.Position, row.OriginServerTs })
            .ToListAsync(cancellationToken);
        return new TestTally
        {
            Position = rows.Count == 0 ? StreamPosition.Zero : rows[^1].Position,
            Count = rows.Count,
            Sum = rows.Sum(row => row.OriginServerTs),
        };
    }

    protected internal override bool TryGetKey(StreamChange change, out RoomId key)
    {
        key = change.RoomId ?? default;
        return change is TestChange;
    }

    protected override TestTally Apply(TestTally snapshot, StreamChange change) =>
        change is TestChange { IsPoison: false } test
            ? snapshot with { Position = change.Position, Count = snapshot.Count + 1, Sum = snapshot.Sum + test.Number }
            : throw new InvalidDataException("poison");
}
