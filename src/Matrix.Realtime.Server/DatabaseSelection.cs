using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Matrix.Realtime.Server;

/// <summary>Chooses the database by configuration.</summary>
internal static class DatabaseSelection
{
    public const string ProviderKey = "Matrix:Database:Provider";
    public const string ConnectionStringName = "Matrix";

    private const string Sqlite = "Sqlite";
    private const string Postgres = "Postgres";

    /// <summary>Adds the database. What is wrong with its settings is reported at the start, with all other faults.</summary>
    public static IServiceCollection AddMatrixDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        var provider = configuration[ProviderKey];
        var connectionString = configuration.GetConnectionString(ConnectionStringName);
        string[] failures = [.. CheckProvider(provider), .. CheckConnectionString(provider, connectionString)];
        if (failures.Length > 0)
        {
            services.AddSingleton<IValidateOptions<RealtimeOptions>>(new SettingsRefusal(failures));

            // The services must be complete to be built; the start ends before any database is opened.
            return services.AddMatrixSqlite("Data Source=none");
        }

        return provider == Postgres
            ? services.AddMatrixPostgres(connectionString!)
            : services.AddMatrixSqlite(connectionString!);
    }

    private static string[] CheckProvider(string? provider) =>
        provider is Sqlite or Postgres ? [] : [$"{ProviderKey} is '{provider}', not {Sqlite} or {Postgres}."];

    private static string[] CheckConnectionString(string? provider, string? connectionString)
    {
        const string name = $"ConnectionStrings:{ConnectionStringName}";
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            return [$"{name} is not set."];
        }

        try
        {
            _ = Parse(provider, connectionString);
            return [];
        }
        catch (ArgumentException)
        {
            // Not the parser's words: they may quote a part of the password.
            return [$"{name} is not a connection string for {provider}."];
        }
    }

    private static DbConnectionStringBuilder Parse(string? provider, string connectionString) => provider switch
    {
        Sqlite => new SqliteConnectionStringBuilder(connectionString),
        Postgres => new NpgsqlConnectionStringBuilder(connectionString),
        _ => new DbConnectionStringBuilder { ConnectionString = connectionString },
    };
}
