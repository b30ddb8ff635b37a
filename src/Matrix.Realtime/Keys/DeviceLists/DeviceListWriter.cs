using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Keys.DeviceLists;

/// <summary>Tells a user's room-mates that there is something new about their devices or keys.</summary>
internal sealed class DeviceListWriter(UserRoomsTable userRooms)
{
    public async ValueTask<StreamPosition> AnnounceAsync(ChangeBatch batch, UserId userId)
    {
        var rooms = await batch.GetAsync(userRooms, userId);
        var position = batch.Append(new DeviceListChange(userId, [.. rooms.Joined]));
        batch.Upsert(new DeviceListRow { UserId = userId, Position = position });
        return position;
    }
}
