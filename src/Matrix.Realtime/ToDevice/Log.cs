using Matrix.Realtime.Identifiers;
using Microsoft.Extensions.Logging;

namespace Matrix.Realtime.ToDevice;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Debug,
        Message = "Messages that {DeviceId} of {UserId} has confirmed are deleted with its next confirmation")]
    public static partial void NotDeleted(ILogger logger, UserId userId, DeviceId deviceId, Exception exception);
}
