using Matrix.Realtime.Errors;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Versions;

namespace Matrix.Realtime.Rooms.Authorization;

/// <summary>Rule 1: <c>m.room.create</c>.</summary>
internal static class CreateRules
{
    public static void Check(RoomVersion version, Pdu candidate)
    {
        // 1.1
        if (candidate.PrevEvents.Count > 0)
        {
            throw MatrixException.Forbidden("A room can be created only once.");
        }

        // 1.2
        if (!HasFittingRoomId(version, candidate))
        {
            throw MatrixException.Forbidden("The room id does not belong to the create event.");
        }

        // 1.3
        if (candidate.Content.TryGet("room_version", out _)
            && !RoomVersion.TryGet(candidate.Content.String("room_version"), out _))
        {
            throw MatrixException.Forbidden("The room version is not known.");
        }

        // 1.4, which version 11 dropped and version 12 gave to the additional creators.
        if (version.CreatorInContent && !candidate.Content.TryGet("creator", out _))
        {
            throw MatrixException.Forbidden("The create event names no creator.");
        }

        if (version.CreatorsArePrivileged && !RoomCreators.AreValid(candidate.Content))
        {
            throw MatrixException.Forbidden("'additional_creators' must be a list of user ids.");
        }
    }

    private static bool HasFittingRoomId(RoomVersion version, Pdu candidate)
    {
        var roomId = candidate.RoomId.Value.AsSpan();
        if (version.CreateEventIsRoomId)
        {
            return roomId[1..].SequenceEqual(candidate.EventId.Value.AsSpan(1));
        }

        var colon = roomId.IndexOf(':');
        return colon >= 0 && roomId[(colon + 1)..].SequenceEqual(candidate.Sender.ServerName);
    }
}
