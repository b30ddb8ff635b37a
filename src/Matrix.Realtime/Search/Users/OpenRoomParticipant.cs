using Matrix.Realtime.Rooms.Authorization;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Rooms.Writing;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Search.Users;

/// <summary>Keeps the list of rooms whose members everybody may find.</summary>
internal sealed class OpenRoomParticipant(RoomTable rooms) : IRoomEventParticipant
{
    public async ValueTask OnEventAsync(ChangeBatch batch, RoomEventChange change)
    {
        if (change.Pdu is not { StateKey: "", Type: EventTypes.JoinRules or EventTypes.HistoryVisibility })
        {
            return;
        }

        var room = await batch.GetAsync(rooms, change.Pdu.RoomId);
        var row = new OpenRoomRow { RoomId = room.RoomId };
        if (IsOpen(room))
        {
            batch.Upsert(row);
        }
        else
        {
            batch.Delete(row);
        }
    }

    private static bool IsOpen(RoomState room) =>
        room.JoinRule() == JoinRules.Public
        || room.Visibilities is [.., { Visibility: HistoryVisibilities.WorldReadable }];
}
