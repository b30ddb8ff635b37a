using Matrix.Realtime.Identifiers;
using Microsoft.Extensions.Logging;

namespace Matrix.Realtime.Presence;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The presence of {UserId} could not be written and is tried again")]
    public static partial void PublishingFailed(ILogger logger, UserId userId, Exception exception);
}
