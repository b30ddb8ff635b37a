using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Receipts;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Sync;

/// <summary>Reads the receipts of a room that the recipient lacks, and may see.</summary>
internal sealed class ReceiptSectionReader(ReceiptReader receipts, IOptions<RealtimeOptions> options)
{
    /// <summary>
    /// The encoded events: what moved since the last sync; in a room that is new to the client one's own, and those on
    /// the events that it gets.
    /// </summary>
    public async ValueTask<IReadOnlyList<byte[]>> ReadAsync(
        SyncContext context, RoomId roomId, Timeline timeline, bool isNew, CancellationToken cancellationToken)
    {
        if (!context.Filter.Ephemeral.AllowsEphemeral(roomId, ReceiptEvent.Type))
        {
            return [];
        }

        var own = (await receipts.GetOwnAsync(context.View, context.UserId, cancellationToken))[roomId];
        return ReceiptEvent.Encode(isNew
            ? await ReadNewRoomAsync(context, roomId, own, timeline, cancellationToken)
            : await ReadChangedAsync(context, roomId, own, cancellationToken));
    }

    /// <summary>Whether the recipient has read on since the last sync, here or on another device.</summary>
    public async ValueTask<bool> HasReadOnAsync(
        SyncContext context, RoomId roomId, CancellationToken cancellationToken) =>
        (await receipts.GetOwnAsync(context.View, context.UserId, cancellationToken))[roomId].ChangedAt > context.Since;

    private async ValueTask<List<Receipt>> ReadNewRoomAsync(
        SyncContext context, RoomId roomId, OwnReceipts own, Timeline timeline, CancellationToken cancellationToken)
    {
        var onTimeline = await receipts.GetOnEventsAsync(
            context.View,
            roomId,
            timeline.Events.Select(timelineEvent => timelineEvent.Position).ToHashSet(),
            options.Value.Receipts.MaxInitialReceipts,
            cancellationToken);
        return
        [
            .. own.Receipts.Values,
            .. onTimeline.Where(receipt => receipt.UserId != context.UserId && !IsIgnored(context, receipt.UserId)),
        ];
    }

    private async ValueTask<List<Receipt>> ReadChangedAsync(
        SyncContext context, RoomId roomId, OwnReceipts own, CancellationToken cancellationToken)
    {
        var changed = await receipts.GetChangedAsync(context.View, roomId, context.Since, cancellationToken);
        List<Receipt> found = [.. changed.Where(receipt => !IsIgnored(context, receipt.UserId))];
        if (own.ChangedAt > context.Since)
        {
            found.AddRange(own.Receipts.Values
                .Where(receipt => receipt.IsPrivate && receipt.Position > context.Since));
        }

        // Those whom the recipient ignores no longer: what was hidden of them is to be made up for.
        foreach (var userId in context.Reconsidered.Where(userId => !IsIgnored(context, userId)))
        {
            var theirs = (await receipts.GetOwnAsync(context.View, userId, cancellationToken))[roomId];
            found.AddRange(theirs.Receipts.Values
                .Where(receipt => !receipt.IsPrivate && receipt.Position <= context.Since));
        }

        return found;
    }

    private static bool IsIgnored(SyncContext context, UserId reader) =>
        context.AccountData.Ignored.Now.Contains(reader);
}
