using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Sync;

/// <summary>Reads a room up to where the recipient left it; nothing later leaks.</summary>
internal sealed class LeftRoomReader(RoomStates states, TimelineReader timelines)
{
    public async ValueTask<LeftRoomSection?> ReadAsync(
        SyncContext context, RoomId roomId, UserRoom user, CancellationToken cancellationToken)
    {
        // What was left before the client's last sync is history; a first sync asks for it with the filter.
        var isOld = context.IsInitial ? !context.Filter.IncludeLeave : user.Since <= context.Since;
        if (isOld || user.IsForgotten)
        {
            return null;
        }

        var room = await states.GetRoomAsync(context.View, roomId, cancellationToken);
        var wasJoined = user.At(user.Since.Previous) == Memberships.Join;
        var hadRoom = wasJoined && !context.IsInitial && user.At(context.Since) == Memberships.Join
            && !user.JoinsAfter(context.Since);
        var after = hadRoom ? context.Since : wasJoined ? StreamPosition.Zero : user.Since.Previous;
        var timeline = await timelines.ReadAsync(context, room, user, after, user.Since, cancellationToken);
        IReadOnlyCollection<RoomEvent> state = [];
        if (wasJoined && context.Filter.State.AllowsRoom(roomId))
        {
            state = hadRoom && !timeline.Limited && !timeline.Dropped ? []
                : hadRoom ? await states.GetStateChangesAsync(room, context.Since, timeline.PrevBatch, cancellationToken)
                : await states.GetStateAtAsync(room, timeline.PrevBatch, cancellationToken);
        }

        var filter = context.Filter.State;
        return new LeftRoomSection(
            roomId,
            timeline,
            [.. state.Where(stateEvent => filter.Allows(stateEvent.Type, stateEvent.Sender, stateEvent.Content))],
            RoomAccountData.Read(context, roomId, after));
    }
}
