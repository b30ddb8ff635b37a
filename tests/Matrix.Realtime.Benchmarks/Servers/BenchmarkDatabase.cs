using System.Data.Common;
using Matrix.Realtime.Tests.Databases;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Matrix.Realtime.Benchmarks.Servers;

/// <summary>An empty database that waits for the disk as in production.</summary>
internal sealed record BenchmarkDatabase(DatabaseKind Kind, string ConnectionString)
{
    /// <summary>Names the PostgreSQL to use instead of a throwaway cluster; its user must be allowed to create databases.</summary>
    private const string Variable = "MATRIX_BENCHMARK_POSTGRES";

    private const string PostgresSettings = "-c shared_buffers=128MB";

    private static readonly Lazy<Task<string>> Postgres = new(StartPostgresAsync);

    public static async Task<BenchmarkDatabase> CreateAsync(DatabaseKind kind, string folder)
    {
        var name = $"matrix_benchmark_{Guid.NewGuid():N}";
        if (kind == DatabaseKind.Sqlite)
        {
            return new(kind, $"Data Source={Path.Combine(folder, name)}.db");
        }

        var server = await Postgres.Value;
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return new(kind, new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString);
    }

    /// <summary>How many batches the homeserver has written.</summary>
    public async Task<long> ReadBatchesAsync()
    {
        await using DbConnection connection = Kind == DatabaseKind.Sqlite
            ? new SqliteConnection(ConnectionString)
            : new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT batch FROM stream_head";
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<string> StartPostgresAsync() =>
        Environment.GetEnvironmentVariable(Variable)
        ?? await PostgresCluster.StartAsync(
            PostgresBinaries.Folder
                ?? throw new InvalidOperationException($"PostgreSQL is missing: install its server or set {Variable}."),
            PostgresSettings);
}
