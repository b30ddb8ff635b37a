using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Presence;

/// <summary>Live presence by user.</summary>
internal sealed class PresenceTable : LiveTable<UserId, UserPresence>
{
    public override bool IsHistorical => false;

    protected internal override async Task<UserPresence> LoadAsync(
        MatrixDbContext database, UserId key, StreamPosition at, CancellationToken cancellationToken)
    {
        var row = await database.Set<PresenceRow>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.UserId == key, cancellationToken);
        return row is null ? new UserPresence { UserId = key, Position = StreamPosition.Zero } : UserPresence.From(row);
    }

    protected internal override bool TryGetKey(StreamChange change, out UserId key)
    {
        key = change is PresenceChange { Presence.UserId: var userId } ? userId : default;
        return key != default;
    }

    protected override UserPresence Apply(UserPresence snapshot, StreamChange change) =>
        ((PresenceChange)change).Presence with { Position = change.Position };
}
