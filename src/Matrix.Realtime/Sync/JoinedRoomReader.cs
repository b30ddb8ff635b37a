using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Typing;
using Matrix.Realtime.UnreadCounts;

namespace Matrix.Realtime.Sync;

/// <summary>Reads what is new in a room that the recipient is joined to; all of it when they just joined.</summary>
internal sealed class JoinedRoomReader(
    RoomStates states,
    TimelineReader timelines,
    SectionStateReader sectionStates,
    SectionDetailsReader detailsReader,
    TypingService typing,
    ReceiptSectionReader receipts,
    UnreadCounter unread)
{
    /// <summary>The room's section, or null when it has no news.</summary>
    public async ValueTask<JoinedRoomSection?> ReadAsync(
        SyncContext context, RoomId roomId, UserRoom user, CancellationToken cancellationToken)
    {
        var room = await states.GetRoomAsync(context.View, roomId, cancellationToken);
        var isNew = context.IsInitial || user.Since > context.Since;
        var after = isNew ? StreamPosition.Zero : context.Since;
        var timeline = await timelines.ReadAsync(context, room, user, after, context.View.Position, cancellationToken);
        if (isNew && !context.IsInitial)
        {
            timeline = timeline with { Limited = timeline.Limited || !ReachesCreation(room, timeline) };
        }

        var isWhole = isNew || context.Request.FullState;
        var summary = isWhole || MayChangeSummary(room, after) ? RoomSummary.Of(room, context.UserId) : null;
        var state = await sectionStates.ReadAsync(
            context, room, timeline, isWhole ? null : after, context.View.Position, summary, cancellationToken);
        var section = new JoinedRoomSection
        {
            RoomId = roomId,
            Timeline = timeline,
            State = state,
            Details = await detailsReader.ReadAsync(context, room, user, timeline, state, cancellationToken),
            Summary = summary,
            Typing = await ReadTypingAsync(context, roomId, isNew, cancellationToken),
            Receipts = await receipts.ReadAsync(context, roomId, timeline, isNew, cancellationToken),
            AccountData = AccountDataSection.OfRoom(context, roomId, after),
        }.WithEphemeralUpTo(context.Filter.Ephemeral.Limit);
        return isWhole
            || !section.IsEmpty
            || await receipts.HasReadOnAsync(context, roomId, cancellationToken)
            || HidesRedaction(context, room)
            || await IsCountedAnewAsync(context, room, user, cancellationToken)
            ? await CountAsync(context, room, user, section, cancellationToken)
            : null;
    }

    /// <summary>Every section has the whole counts: clients take what is missing for zero.</summary>
    private async ValueTask<JoinedRoomSection> CountAsync(
        SyncContext context, RoomState room, UserRoom user, JoinedRoomSection section, CancellationToken cancellationToken)
    {
        var tally = await unread.CountAsync(context.View, room, user, context.AccountData, cancellationToken);
        return context.Filter.UnreadThreadNotifications
            ? section with { Unread = tally.Main, UnreadThreads = tally.Threads }
            : section with { Unread = tally.Total };
    }

    /// <summary>
    /// Whether somebody whom the recipient ignores has redacted something lately: it is not told, but what it redacts may
    /// have counted.
    /// </summary>
    private static bool HidesRedaction(SyncContext context, RoomState room)
    {
        for (var i = room.Recent.Length - 1; i >= 0 && room.Recent[i].Event.Position > context.Since; i--)
        {
            if (room.Recent[i].Event is { Type: EventTypes.Redaction } redaction && context.IsIgnored(redaction))
            {
                return true;
            }
        }

        return false;
    }

    private async ValueTask<bool> IsCountedAnewAsync(
        SyncContext context, RoomState room, UserRoom user, CancellationToken cancellationToken) =>
        context.SetAt > context.Since
        && await unread.IsSetAfterAsync(
            context.Since, context.View, room, user, context.AccountData, cancellationToken);

    private async ValueTask<ReadOnlyMemory<byte>> ReadTypingAsync(
        SyncContext context, RoomId roomId, bool isNew, CancellationToken cancellationToken)
    {
        if (!context.Filter.Ephemeral.AllowsEphemeral(roomId, TypingEvent.Type))
        {
            return default;
        }

        var state = await typing.GetAsync(context.View, roomId, cancellationToken);

        var ignored = context.AccountData.Ignored.Now;
        return IsNews(context, state, ignored, isNew) ? state.Encode(ignored) : default;
    }

    private static bool IsNews(SyncContext context, TypingState state, IReadOnlySet<UserId> ignored, bool isNew)
    {
        if (!isNew)
        {
            return state.HasChanged(
                context.Since, user => !ignored.Contains(user) || context.Reconsidered.Contains(user))
                || state.Users.Any(context.Reconsidered.Contains);
        }

        // Whoever comes back to a room may remember typists from before they left, however long that is ago.
        return context.IsInitial
            ? state.Users.Any(user => !ignored.Contains(user))
            : state.Position > StreamPosition.Zero;
    }

    private static bool ReachesCreation(RoomState room, Timeline timeline) =>
        room.RecentIsWhole && timeline.PrevBatch < room.Recent[0].Event.Position;

    private static bool MayChangeSummary(RoomState room, StreamPosition after)
    {
        if (!room.RecentReachesBackTo(after))
        {
            return true;
        }

        for (var i = room.Recent.Length - 1; i >= 0 && room.Recent[i].Event.Position > after; i--)
        {
            if (RoomSummary.DependsOn(room.Recent[i].Event.Type, room.Recent[i].Event.StateKey))
            {
                return true;
            }
        }

        return false;
    }
}
