using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Versions;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Rooms.State;

/// <summary>Reads events back from the store.</summary>
internal sealed class RoomChangeSource : IPagedChangeSource
{
    public async Task<IReadOnlyList<StreamChange>> ReadPageAsync(
        MatrixDbContext database, ChangeRange range, CancellationToken cancellationToken)
    {
        if (!range.Wants(ChangeKinds.Events))
        {
            return [];
        }

        var (after, through) = range;
        var wanted = database.Set<EventRow>().AsNoTracking();
        wanted = range.RoomId is { } roomId ? wanted.Where(row => row.RoomId == roomId) : wanted;
        var rows = await wanted
            .Where(row => row.Position > after && row.Position <= through)
            .OrderBy(row => row.Position).Take(range.Limit).ToListAsync(cancellationToken);
        return [.. rows.Select(row => ToChange(row, redacted: null))];
    }

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
        var forgotten = await database.Set<ForgottenRoomRow>().AsNoTracking()
            .Where(row => row.Position > after && row.Position <= through)
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row => ToChange(row, redacted.GetValueOrDefault(row.Position))),
            .. forgotten.Select(row => new RoomForgottenChange(row.RoomId, row.UserId) { Position = row.Position }),
        ];
    }

    private static RoomEventChange ToChange(EventRow row, EventRow? redacted)
    {
        var target = redacted is null ? null : RoomEvent.From(redacted);
        return new RoomEventChange(RoomVersion.Require(row.RoomVersion), row.ToPdu())
        {
            Position = row.Position,
            DeviceId = row.DeviceId,
            TransactionId = row.TransactionId,
            Replaces = row.Replaces,
            ThreadRoot = row.ThreadRoot,
            MemberCount = row.MemberCount,
            MayNotifyRoom = row.MayNotifyRoom,
            Redacts = target,
            Redacted = target?.Pdu,
        };
    }
}
