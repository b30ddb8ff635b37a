using Microsoft.Extensions.Logging;

namespace Matrix.Realtime.Storage;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Database brought up to date by {Count} migrations")]
    public static partial void Migrated(ILogger logger, int count);
}
