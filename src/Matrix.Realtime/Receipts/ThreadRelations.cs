using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Receipts;

/// <summary>Decides which events a threaded receipt may name: leniently, as clients see threads differently.</summary>
internal sealed class ThreadRelations(RoomStates rooms)
{
    private const int MaxHops = 3;

    /// <summary>
    /// Whether the event is in the category: the main timeline, or a thread with its root and all that is related to
    /// it in whatever way.
    /// </summary>
    public async ValueTask<bool> AreRelatedAsync(
        LiveView view, RoomId roomId, EventPlace place, string category, CancellationToken cancellationToken)
    {
        if (category == ReceiptCategories.Main)
        {
            return place.ThreadRoot is null;
        }

        if (!EventId.TryParse(category, out var root))
        {
            return false;
        }

        if (place.EventId == root || place.ThreadRoot == root)
        {
            return true;
        }

        EventId? next = place.EventId;
        for (var hop = 0; hop < MaxHops && next is { } current; hop++)
        {
            var found = await rooms.FindEventAsync(view, roomId, current, cancellationToken);
            if (found?.ThreadRoot == root)
            {
                return true;
            }

            next = found is null ? null : EventRelation.Of(found.Pdu)?.EventId ?? found.Pdu.Redacts;
            if (next == root)
            {
                return true;
            }
        }

        return false;
    }
}
