using Testcontainers.PostgreSql;

namespace Matrix.Realtime.Tests.Databases;

/// <summary>
/// The PostgreSQL of this test run: the one that the environment names, else a cluster of the machine's own binaries,
/// else a container.
/// </summary>
internal static class PostgresServer
{
    public const string Variable = "MATRIX_TEST_POSTGRES";

    public const string Missing =
        $"PostgreSQL is missing: set {Variable} to a connection string of one who may create databases, "
        + "or install the PostgreSQL server, or start Docker.";

    // Tests need no data to outlive a crash.
    private const string ClusterSettings =
        "-c fsync=off -c full_page_writes=off -c max_connections=300 -c shared_buffers=64MB";

    private static readonly Lazy<Task<string>> Started = new(StartAsync);

    /// <summary>Whether a test may count on it. Under CI it must be there.</summary>
    public static bool IsExpected { get; } =
        Environment.GetEnvironmentVariable("CI") == "true"
        || OutlivesUs
        || PostgresBinaries.Folder is not null
        || HasDocker;

    /// <summary>Whether it is not ours, so that databases must be dropped from it.</summary>
    public static bool OutlivesUs => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable));

    private static bool HasDocker =>
        File.Exists("/var/run/docker.sock") || Environment.GetEnvironmentVariable("DOCKER_HOST") is not null;

    /// <summary>An administrator's connection, started on first use.</summary>
    public static Task<string> ConnectionStringAsync() => Started.Value;

    private static async Task<string> StartAsync()
    {
        if (OutlivesUs)
        {
            return Environment.GetEnvironmentVariable(Variable)!;
        }

        if (PostgresBinaries.Folder is { } binaries)
        {
            return await PostgresCluster.StartAsync(binaries, ClusterSettings);
        }

        if (!HasDocker)
        {
            throw new InvalidOperationException(Missing);
        }

        var container = new PostgreSqlBuilder("postgres:17-alpine").Build();
        await container.StartAsync();
        return container.GetConnectionString();
    }
}
