using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Profiles;

/// <summary>Live profiles by user.</summary>
internal sealed class ProfileTable : LiveTable<UserId, ProfileState>, IChangeSource
{
    public override bool IsHistorical => false;

    public async Task<IReadOnlyList<StreamChange>> ReadAsync(
        MatrixDbContext database, StreamPosition after, StreamPosition through, CancellationToken cancellationToken)
    {
        var rows = await database.Set<ProfileRow>().AsNoTracking()
            .Where(row => row.Position > after && row.Position <= through).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new ProfileChange(row.UserId, row.Key, row.Value) { Position = row.Position })];
    }

    protected internal override async Task<ProfileState> LoadAsync(
        MatrixDbContext database, UserId key, StreamPosition at, CancellationToken cancellationToken)
    {
        var rows = await database.Set<ProfileRow>().AsNoTracking()
            .Where(row => row.UserId == key).OrderBy(row => row.Position).ToListAsync(cancellationToken);
        var empty = new ProfileState { Position = StreamPosition.Zero };
        return new ProfileState
        {
            Position = rows.Count == 0 ? StreamPosition.Zero : rows[^1].Position,
            Fields = empty.Fields.AddRange(rows.Where(row => !ProfileState.IsNull(row.Value))
                .Select(row => KeyValuePair.Create(row.Key, row.Value))),
        };
    }

    protected internal override bool TryGetKey(StreamChange change, out UserId key)
    {
        key = change is ProfileChange { Owner: var owner } ? owner : default;
        return key != default;
    }

    protected override ProfileState Apply(ProfileState snapshot, StreamChange change) =>
        snapshot.With((ProfileChange)change);
}
