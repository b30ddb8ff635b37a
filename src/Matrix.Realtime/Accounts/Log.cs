using Matrix.Realtime.Identifiers;
using Microsoft.Extensions.Logging;

namespace Matrix.Realtime.Accounts;

/// <summary>What accounts log: never a password, a token or a session.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Debug, "Registered {UserId}")]
    public static partial void Registered(this ILogger logger, UserId userId);

    [LoggerMessage(LogLevel.Debug, "Logged in {UserId} on {DeviceId}")]
    public static partial void LoggedIn(this ILogger logger, UserId userId, DeviceId deviceId);

    [LoggerMessage(LogLevel.Debug, "Logged out {UserId} on {DeviceId}")]
    public static partial void LoggedOut(this ILogger logger, UserId userId, DeviceId deviceId);

    [LoggerMessage(LogLevel.Error, "Something of {UserId} is left, who has given the account up, until the next start")]
    public static partial void DeactivationUnfinished(this ILogger logger, UserId userId, Exception exception);

    [LoggerMessage(LogLevel.Debug, "When {Count} devices were last seen is not written")]
    public static partial void SightingsNotWritten(this ILogger logger, int count, Exception exception);

    [LoggerMessage(LogLevel.Debug, "Logged out {UserId} on every device")]
    public static partial void LoggedOutEverywhere(this ILogger logger, UserId userId);
}
