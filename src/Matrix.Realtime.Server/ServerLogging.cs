using Serilog;
using Serilog.Events;

namespace Matrix.Realtime.Server;

/// <summary>Sets the log up from the configuration section "Serilog".</summary>
internal static class ServerLogging
{
    /// <summary>Applies the settings, save that none can switch on what would print access tokens.</summary>
    public static LoggerConfiguration ReadFromSettings(this LoggerConfiguration logger, IConfiguration configuration) =>
        logger
            .ReadFrom.Configuration(configuration)
            // The framework's request log prints the query, where older clients put their token; and while it is on at any
            // level, every waiting poll holds an activity and a scope for it.
            .MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", LevelAlias.Off)
            // Nothing but a stack trace; ServerStart says what it means.
            .Filter.ByExcluding(entry => entry.MessageTemplate.Text == "Hosting failed to start");
}
