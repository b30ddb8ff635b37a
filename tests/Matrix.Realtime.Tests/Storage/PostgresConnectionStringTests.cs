using Matrix.Realtime.Postgres;
using Npgsql;

namespace Matrix.Realtime.Tests.Storage;

/// <summary>What is added to the operator's connection string.</summary>
public sealed class PostgresConnectionStringTests
{
    [Theory]
    [InlineData("Host=localhost", 50)]
    [InlineData("Host=localhost;Maximum Pool Size=100", 100)]
    [InlineData("Host=localhost;MaxPoolSize=7", 7)]
    public void PoolSize_IsWhatTheOperatorSaysOrFitsAnUntouchedServer(string connectionString, int poolSize)
    {
        var connection = new NpgsqlConnectionStringBuilder(PostgresConnectionString.Complete(connectionString));

        Assert.Equal(poolSize, connection.MaxPoolSize);
        Assert.Equal("localhost", connection.Host);
        Assert.NotEqual(0, connection.MaxAutoPrepare);
    }
}
