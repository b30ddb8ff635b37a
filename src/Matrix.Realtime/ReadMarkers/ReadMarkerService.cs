using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Receipts;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.ReadMarkers;

/// <summary>Moves the read marker and both receipts of a room at once, each by itself.</summary>
internal sealed class ReadMarkerService(ChangeWriter writer, ReceiptWriter receipts, FullyReadWriter markers)
    : IFullyReadMarker
{
    private static readonly ReceiptKey Read = new(ReceiptTypes.Read, ReceiptCategories.Unthreaded);
    private static readonly ReceiptKey ReadPrivate = new(ReceiptTypes.ReadPrivate, ReceiptCategories.Unthreaded);

    public Task SetAsync(
        Requester requester, RoomId roomId, EventId eventId, bool allowBackward, CancellationToken cancellationToken) =>
        SetAsync(
            requester,
            roomId,
            new ReadMarkersRequest { FullyRead = eventId, AllowBackward = allowBackward },
            cancellationToken);

    /// <summary>
    /// Moves what the request names. All of it becomes visible at once, and nothing if something is unknown.
    /// </summary>
    /// <exception cref="MatrixException">403: not joined to the room. 404: an event is not in it.</exception>
    public async Task SetAsync(
        Requester requester, RoomId roomId, ReadMarkersRequest request, CancellationToken cancellationToken)
    {
        var userId = requester.UserId;
        await receipts.RequireJoinedAsync(roomId, userId, cancellationToken);
        var fullyRead = await GetTargetAsync(roomId, request.FullyRead, cancellationToken);
        var read = await GetTargetAsync(roomId, userId, Read, request.Read, cancellationToken);
        var readPrivate = await GetTargetAsync(roomId, userId, ReadPrivate, request.ReadPrivate, cancellationToken);
        if (fullyRead is null && read is null && readPrivate is null)
        {
            return;
        }

        var known = fullyRead is null ? null : await markers.FindAsync(roomId, userId, cancellationToken);
        await writer.SubmitAsync(
            async batch =>
            {
                await receipts.RequireJoinedAsync(batch, roomId, userId);
                await AdvanceAsync(batch, roomId, userId, Read, read);
                await AdvanceAsync(batch, roomId, userId, ReadPrivate, readPrivate);
                if (fullyRead is not null)
                {
                    await markers.MoveAsync(batch, roomId, userId, fullyRead, request.MayGoBack, known);
                }
            },
            cancellationToken);
    }

    private async ValueTask<EventPlace?> GetTargetAsync(
        RoomId roomId, EventId? eventId, CancellationToken cancellationToken) =>
        eventId is { } named ? await receipts.GetTargetAsync(roomId, named, cancellationToken) : null;

    /// <summary>Where a receipt is to move; null when it has come as far already.</summary>
    private async ValueTask<EventPlace?> GetTargetAsync(
        RoomId roomId, UserId userId, ReceiptKey key, EventId? eventId, CancellationToken cancellationToken)
    {
        var target = await GetTargetAsync(roomId, eventId, cancellationToken);
        return target is not null && await receipts.HasReachedAsync(roomId, userId, key, target, cancellationToken)
            ? null
            : target;
    }

    private ValueTask AdvanceAsync(
        ChangeBatch batch, RoomId roomId, UserId userId, ReceiptKey key, EventPlace? target) =>
        target is null ? ValueTask.CompletedTask : receipts.AdvanceAsync(batch, roomId, userId, key, target);
}
