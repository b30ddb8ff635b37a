using Matrix.Realtime.Identifiers;
using Microsoft.Extensions.Logging;

namespace Matrix.Realtime.Typing;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Typing in {RoomId} could not be ended and is tried again")]
    public static partial void ExpiryFailed(ILogger logger, RoomId roomId, Exception exception);
}
