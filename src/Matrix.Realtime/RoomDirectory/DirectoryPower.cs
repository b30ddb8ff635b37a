using Matrix.Realtime.Accounts.Moderation;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Authorization;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.RoomDirectory;

/// <summary>Who decides how a room is found.</summary>
internal sealed class DirectoryPower(ServerAdministrators administrators)
{
    /// <summary>
    /// The server's administrators, and those of a room who may name it: who may send its canonical alias.
    /// </summary>
    public bool Has(UserId userId, RoomState room) =>
        administrators.Contains(userId)
        || (room.Exists && room.IsJoined(userId) && MayName(userId, room));

    private static bool MayName(UserId userId, RoomState room)
    {
        var powerLevels = PowerLevels.Of(room.Version!, room);
        return powerLevels.Of(userId) >= powerLevels.ToSend(EventTypes.CanonicalAlias, isState: true);
    }
}
