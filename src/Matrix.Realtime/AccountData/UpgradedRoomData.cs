using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Membership;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Rooms.Writing;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.AccountData;

/// <summary>Takes a user's tags of a room, and that it is a direct one, along to the room that replaced it.</summary>
internal sealed class UpgradedRoomData(RoomSuccession succession, AccountDataWriter writer) : IRoomEventParticipant
{
    public async ValueTask OnEventAsync(ChangeBatch batch, RoomEventChange change)
    {
        if (change.UserId is { } userId && await succession.FindPredecessorAsync(batch, change) is { } predecessor)
        {
            await CopyTagsAsync(batch, userId, predecessor, change.Pdu.RoomId);
            await CopyDirectAsync(batch, userId, predecessor, change.Pdu.RoomId);
        }
    }

    private async ValueTask CopyTagsAsync(ChangeBatch batch, UserId userId, RoomId from, RoomId to)
    {
        if (await writer.FindAsync(batch, userId, to, AccountDataTypes.Tag) is null
            && await writer.FindAsync(batch, userId, from, AccountDataTypes.Tag) is { } tags)
        {
            await writer.SetAsync(batch, userId, to, AccountDataTypes.Tag, tags);
        }
    }

    private async ValueTask CopyDirectAsync(ChangeBatch batch, UserId userId, RoomId from, RoomId to)
    {
        if (await writer.FindAsync(batch, userId, null, AccountDataTypes.Direct) is { } direct
            && DirectRooms.Add(direct, from, to) is { } added)
        {
            await writer.SetAsync(batch, userId, null, AccountDataTypes.Direct, added);
        }
    }
}
