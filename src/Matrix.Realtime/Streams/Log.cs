using Matrix.Realtime.Identifiers;
using Microsoft.Extensions.Logging;

namespace Matrix.Realtime.Streams;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Stream started at position {Position}")]
    public static partial void StreamStarted(ILogger logger, StreamPosition position);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Batch up to position {Position} was not confirmed by the database")]
    public static partial void BatchFailed(ILogger logger, StreamPosition position, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stream head cannot be read")]
    public static partial void HeadUnreadable(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Change writer refused its pending changes because the database failed")]
    public static partial void WriterFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Change could not be evaluated because the database failed")]
    public static partial void EvaluationFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Change at position {Position} was stored but not applied")]
    public static partial void ChangeNotApplied(ILogger logger, StreamPosition position, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Action after the batch up to position {Position} failed")]
    public static partial void AfterApplyFailed(ILogger logger, StreamPosition position, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stream caught up from position {Position} to {Head}")]
    public static partial void CaughtUp(ILogger logger, StreamPosition position, StreamPosition head);
}
