using Microsoft.Extensions.Logging;

namespace Matrix.Realtime.Http;

/// <summary>
/// What the HTTP layer logs. Paths and queries are left out: they hold identifiers and may hold a token.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Debug, "Refused a {Method} request with {StatusCode} {ErrorCode}: {Reason}")]
    public static partial void RequestRefused(
        this ILogger logger, string method, int statusCode, string errorCode, string reason);

    [LoggerMessage(LogLevel.Debug, "Refused a malformed {Method} request")]
    public static partial void RequestMalformed(this ILogger logger, Exception exception, string method);

    [LoggerMessage(LogLevel.Error, "A {Method} request failed")]
    public static partial void RequestFailed(this ILogger logger, Exception exception, string method);
}
