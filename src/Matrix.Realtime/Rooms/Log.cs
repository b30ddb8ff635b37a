using Matrix.Realtime.Identifiers;
using Microsoft.Extensions.Logging;

namespace Matrix.Realtime.Rooms;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "{RoomId} did not take the new profile of {UserId}")]
    public static partial void ProfileRefused(ILogger logger, UserId userId, RoomId roomId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{UserId}, who has given the account up, did not leave {RoomId}, and will at the next start")]
    public static partial void StillInRoom(ILogger logger, UserId userId, RoomId roomId, Exception exception);
}
