using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.RoomDirectory.Aliases;

/// <summary>Live aliases.</summary>
internal sealed class RoomAliasTable : LiveTable<RoomAlias, RoomAliasState>, IChangeSource
{
    public override bool IsHistorical => false;

    public async Task<IReadOnlyList<StreamChange>> ReadAsync(
        MatrixDbContext database, StreamPosition after, StreamPosition through, CancellationToken cancellationToken)
    {
        var rows = await database.Set<RoomAliasRow>().AsNoTracking()
            .Where(row => row.Position > after && row.Position <= through).ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row =>
                new RoomAliasChange(row.Alias, row.RoomId, row.Creator) { Position = row.Position }),
        ];
    }

    protected internal override async Task<RoomAliasState> LoadAsync(
        MatrixDbContext database, RoomAlias key, StreamPosition at, CancellationToken cancellationToken)
    {
        var row = await database.Set<RoomAliasRow>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.Alias == key, cancellationToken);
        return row is null
            ? new RoomAliasState { Position = StreamPosition.Zero }
            : new RoomAliasState { Position = row.Position, RoomId = row.RoomId, Creator = row.Creator };
    }

    protected internal override bool TryGetKey(StreamChange change, out RoomAlias key)
    {
        key = change is RoomAliasChange { Alias: var alias } ? alias : default;
        return key != default;
    }

    protected override RoomAliasState Apply(RoomAliasState snapshot, StreamChange change)
    {
        var moved = (RoomAliasChange)change;
        return snapshot with
        {
            Position = change.Position,
            RoomId = moved.Target,
            Creator = moved.Creator,
            Used = true,
        };
    }
}
