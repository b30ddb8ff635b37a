using System.Text.Json;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Rooms.Membership;

/// <summary>Knows who moves from a room to the one that replaced it (client-server API, "Room Upgrades").</summary>
internal sealed class RoomSuccession(RoomTable rooms)
{
    /// <summary>
    /// The room that a user comes from who joins its successor by the event. Any room can name another as its
    /// predecessor: that one has to name it in turn.
    /// </summary>
    public async ValueTask<RoomId?> FindPredecessorAsync(ChangeBatch batch, RoomEventChange change)
    {
        if (change.Joins != true)
        {
            return null;
        }

        var room = await batch.GetAsync(rooms, change.Pdu.RoomId);
        if (room.Recent[^1].Replaced?.Pdu.Membership == Memberships.Join
            || room.Find(EventTypes.Create, "")?.Content is not { } creation
            || !creation.TryGet("predecessor", JsonValueKind.Object, out var named)
            || !RoomId.TryParse(named.String("room_id"), out var predecessor))
        {
            return null;
        }

        var tombstone = (await batch.GetAsync(rooms, predecessor)).Find(EventTypes.Tombstone, "");
        return tombstone?.Content.String("replacement_room") == room.RoomId.Value ? predecessor : null;
    }
}
