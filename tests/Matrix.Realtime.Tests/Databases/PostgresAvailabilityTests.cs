namespace Matrix.Realtime.Tests.Databases;

public sealed class PostgresAvailabilityTests
{
    [PostgresFact]
    public async Task Postgres_OnThisMachine_GivesDatabases()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);

        Assert.Equal("Postgres", database.Provider);
    }
}
