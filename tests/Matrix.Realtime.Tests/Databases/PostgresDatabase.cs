using Matrix.Realtime.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Matrix.Realtime.Tests.Databases;

/// <summary>A database of its own on the one server that all tests of a run share.</summary>
internal sealed class PostgresDatabase : Database
{
    private static readonly Lazy<Task<PostgresDatabase>> Template = new(CreateTemplateAsync);

    private readonly string _server;
    private readonly string _name = $"matrix_test_{Guid.NewGuid():N}";

    private PostgresDatabase(string server)
    {
        _server = server;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = _name }.ConnectionString;
    }

    public override string Provider => "Postgres";

    public override string ConnectionString { get; }

    public static async Task<PostgresDatabase> ReserveAsync() => new(await PostgresServer.ConnectionStringAsync());

    public static async Task<PostgresDatabase> CreateAsync()
    {
        var template = await Template.Value;
        var database = new PostgresDatabase(template._server);
        await ExecuteAsync(database._server, $"CREATE DATABASE {database._name} TEMPLATE {template._name}");
        return database;
    }

    public override async ValueTask DisposeAsync()
    {
        ClosePool();
        await ExecuteAsync(_server, $"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
    }

    private static async Task<PostgresDatabase> CreateTemplateAsync()
    {
        var template = await ReserveAsync();
        if (PostgresServer.OutlivesUs)
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) => template.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        await MigratedTemplate.CreateAsync(services => services.AddMatrixPostgres(template.ConnectionString));

        // A database can be copied only while nobody is connected to it.
        template.ClosePool();
        return template;
    }

    // The server's own connections, whose pool goes by the connection string that it made of ours.
    private void ClosePool()
    {
        using var connection = new NpgsqlConnection(PostgresConnectionString.Complete(ConnectionString));
        NpgsqlConnection.ClearPool(connection);
    }

    private static async Task ExecuteAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
