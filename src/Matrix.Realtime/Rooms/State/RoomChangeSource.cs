using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Versions;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Rooms.State;

/// <summary>Reads room events that another process has committed.</summary>
internal sealed class RoomChangeSource : IChangeSource
{
    public async Task<IReadOnlyList<StreamChange>> ReadAsync(
        MatrixDbContext database, StreamPosition after, StreamPosition through, CancellationToken cancellationToken)
    {
        var rows = await database.Set<EventRow>().AsNoTracking()
            .Where(row => row.Position > after && row.Position <= through)
            .OrderBy(row => row.Position)
            .ToListAsync(cancellationToken);
        var redacted = await database.Set<EventRow>().AsNoTracking()
            .Where(row => row.RedactedBy > after && row.RedactedBy <= through)
            .ToDictionaryAsync(row => row.RedactedBy!.Value, cancellationToken);
        return [.. rows.Select(row => ToChange(row, redacted.GetValueOrDefault(row.Position)))];
    }

    private static RoomEventChange ToChange(EventRow row, EventRow? redacted)
    {
        var target = redacted is null ? null : RoomEvent.From(redacted);
        return new RoomEventChange(RoomVersion.Require(row.RoomVersion), row.ToPdu())
        {
            Position = row.Position,
            DeviceId = row.DeviceId,
            TransactionId = row.TransactionId,
            Redacts = target,
            Redacted = target?.Pdu,
        };
    }
}
