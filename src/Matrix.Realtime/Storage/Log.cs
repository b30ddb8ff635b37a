using Microsoft.Extensions.Logging;

namespace Matrix.Realtime.Storage;

/// <summary>What the storage layer logs.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Database migrated to {Migration}, {Count} applied")]
    public static partial void DatabaseMigrated(this ILogger logger, int count, string migration);
}
