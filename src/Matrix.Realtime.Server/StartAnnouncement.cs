using System.Data.Common;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Server;

/// <summary>Says in one line what runs where.</summary>
internal static partial class StartAnnouncement
{
    public static void AnnounceStart(this WebApplication app) =>
        app.Lifetime.ApplicationStarted.Register(() => app.Logger.ServerListens(
            app.Services.GetRequiredService<IOptions<RealtimeOptions>>().Value.ServerName,
            string.Join(", ", app.Urls),
            DescribeDatabase(app.Configuration)));

    // Not the connection string as it is: that may hold a password.
    private static string DescribeDatabase(IConfiguration configuration)
    {
        var connection = new DbConnectionStringBuilder
        {
            ConnectionString = configuration.GetConnectionString(DatabaseSelection.ConnectionStringName),
        };
        string[] place = ["Data Source", "Host", "Database"];
        var names = place.Where(connection.ContainsKey).Select(key => connection[key]);
        return $"{configuration[DatabaseSelection.ProviderKey]} {string.Join('/', names)}";
    }

    [LoggerMessage(LogLevel.Information, "Matrix homeserver {ServerName} listens on {Urls} with database {Database}")]
    private static partial void ServerListens(this ILogger logger, string serverName, string urls, string database);
}
