using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Receipts;

/// <summary>Who has read up to where, as users say it themselves.</summary>
internal sealed class ReceiptService(
    ChangeWriter writer, LiveState live, ReceiptWriter receipts, ThreadRelations threads, IFullyReadMarker marker)
{
    /// <summary>Says that the caller has read up to an event, or sets their read marker there.</summary>
    /// <exception cref="MatrixException">400: the type is unknown, or the thread does not go with the type or event.
    /// 403: not joined to the room. 404: no such event in it.</exception>
    public Task SetAsync(
        Requester requester,
        RoomId roomId,
        string receiptType,
        EventId eventId,
        ReceiptRequest request,
        CancellationToken cancellationToken)
    {
        switch (receiptType)
        {
            case ReceiptTypes.FullyRead when request.IsThreaded:
                throw MatrixException.InvalidParam("The read marker has no threads.");
            case ReceiptTypes.FullyRead:
                return marker.SetAsync(requester, roomId, eventId, request.MayGoBack, cancellationToken);
            case not (ReceiptTypes.Read or ReceiptTypes.ReadPrivate):
                throw MatrixException.InvalidParam("There is no such type of receipt.");
            case var _ when request.MayGoBack:
                throw MatrixException.InvalidParam("Only the read marker may go back.");
            default:
                var key = new ReceiptKey(receiptType, request.Category);
                return AdvanceAsync(requester.UserId, roomId, key, eventId, cancellationToken);
        }
    }

    private async Task AdvanceAsync(
        UserId userId, RoomId roomId, ReceiptKey key, EventId eventId, CancellationToken cancellationToken)
    {
        await receipts.RequireJoinedAsync(roomId, userId, cancellationToken);
        var target = await receipts.GetTargetAsync(roomId, eventId, cancellationToken);
        if (key.Category != ReceiptCategories.Unthreaded
            && !await threads.AreRelatedAsync(live.Current, roomId, target, key.Category, cancellationToken))
        {
            throw MatrixException.InvalidParam("The event is not related to this thread.");
        }

        if (await receipts.HasReachedAsync(roomId, userId, key, target, cancellationToken))
        {
            return;
        }

        await writer.SubmitAsync(
            async batch =>
            {
                await receipts.RequireJoinedAsync(batch, roomId, userId);
                await receipts.AdvanceAsync(batch, roomId, userId, key, target);
            },
            cancellationToken);
    }
}
