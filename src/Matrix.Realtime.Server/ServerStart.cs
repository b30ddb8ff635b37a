using System.Data.Common;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Server;

/// <summary>Starts the server, or says what keeps it from starting.</summary>
internal static partial class ServerStart
{
    /// <summary>Starts the server. False if whoever runs it has to mend something first, which is logged.</summary>
    public static async Task<bool> TryStartAsync(this WebApplication app)
    {
        try
        {
            await app.StartAsync();
            return true;
        }
        catch (Exception exception) when (Explain(exception) is { } reason)
        {
            app.Logger.CannotStart(reason);
            return false;
        }
    }

    // Null for what is none of these: there the trace is what helps.
    private static string? Explain(Exception exception) => exception switch
    {
        OptionsValidationException settings => string.Join(' ', settings.Failures),
        IOException or UnauthorizedAccessException or FormatException or DbException => exception.Message,
        { InnerException: DbException database } => database.Message,
        _ => null,
    };

    [LoggerMessage(LogLevel.Critical, "The server cannot start. {Reason}")]
    private static partial void CannotStart(this ILogger logger, string reason);
}
