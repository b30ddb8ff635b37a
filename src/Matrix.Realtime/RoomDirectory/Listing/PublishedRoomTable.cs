using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.RoomDirectory.Listing;

/// <summary>
/// The live list of public rooms. It follows from the published rooms and their events, so that a join or a new name
/// writes no row for its sake.
/// </summary>
internal sealed class PublishedRoomTable : LiveTable<DirectoryKey, PublishedRooms>, IChangeSource
{
    public override bool IsHistorical => false;

    public async Task<IReadOnlyList<StreamChange>> ReadAsync(
        MatrixDbContext database, StreamPosition after, StreamPosition through, CancellationToken cancellationToken)
    {
        var rows = await database.Set<PublishedRoomRow>().AsNoTracking()
            .Where(row => row.Position > after && row.Position <= through).ToListAsync(cancellationToken);
        if (rows.Count == 0)
        {
            return [];
        }

        var published = database.Set<PublishedRoomRow>()
            .Where(row => row.Position > after && row.Position <= through && row.IsPublished).Select(row => row.RoomId);
        var facts = (await RoomFactQueries.ReadAsync(database, published, through, cancellationToken))
            .ToDictionary(room => room.RoomId);
        return
        [
            .. rows.Select(row =>
                new PublicationChange(row.RoomId, facts.GetValueOrDefault(row.RoomId)) { Position = row.Position }),
        ];
    }

    protected internal override async Task<PublishedRooms> LoadAsync(
        MatrixDbContext database, DirectoryKey key, StreamPosition at, CancellationToken cancellationToken)
    {
        var published = database.Set<PublishedRoomRow>()
            .Where(row => row.IsPublished && row.Position <= at).Select(row => row.RoomId);
        var rooms = await RoomFactQueries.ReadAsync(database, published, at, cancellationToken);
        return rooms.Aggregate(new PublishedRooms { Position = at }, (list, room) => list.With(room));
    }

    protected internal override bool TryGetKey(StreamChange change, out DirectoryKey key)
    {
        key = default;
        return change is PublicationChange
            or RoomEventChange { Pdu.StateKey: not null }
            or RoomEventChange { Redacts: not null };
    }

    protected override PublishedRooms Apply(PublishedRooms snapshot, StreamChange change)
    {
        var after = change switch
        {
            PublicationChange { Facts: { } facts } => snapshot.With(facts),
            PublicationChange { Listed: var listed } => snapshot.Without(listed),
            RoomEventChange added when snapshot.Rooms.TryGetValue(added.Pdu.RoomId, out var room)
                && room.After(added) is var changed && changed != room => snapshot.With(changed),
            _ => snapshot,
        };
        return after with { Position = change.Position };
    }
}
