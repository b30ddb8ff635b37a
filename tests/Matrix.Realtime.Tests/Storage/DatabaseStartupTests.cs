using Matrix.Realtime.Streams;
using Matrix.Realtime.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Tests.Storage;

public sealed class DatabaseStartupTests
{
    [Theory]
    [AllDatabases]
    public async Task Starting_NoDatabaseYet_CreatesAndMigratesIt(DatabaseKind kind)
    {
        await using var database = await TestDatabase.ReserveAsync(kind);
        await using var services = new DatabaseServices(database);

        await services.Startup.StartingAsync(CancellationToken.None);

        await using var context = services.CreateContext();
        Assert.Empty(await context.Database.GetPendingMigrationsAsync());
        Assert.Equal(0, (await context.Set<StreamHead>().SingleAsync()).Position.Value);
    }

    [Theory]
    [AllDatabases]
    public async Task Starting_DatabaseServedByAnother_IsRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var first = new DatabaseServices(database);
        await using var second = new DatabaseServices(database);
        await first.Startup.StartingAsync(CancellationToken.None);

        var refusal = await Assert.ThrowsAsync<IOException>(
            () => second.Startup.StartingAsync(CancellationToken.None));

        Assert.Contains("Another server process", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [AllDatabases]
    public async Task Starting_OtherServerStopped_Serves(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        for (var start = 0; start < 5; start++)
        {
            await using var services = new DatabaseServices(database);
            await services.Startup.StartingAsync(CancellationToken.None);
            await services.Startup.StoppedAsync(CancellationToken.None);
        }
    }

    [Theory]
    [AllDatabases]
    public async Task Starting_OtherDatabaseServed_Serves(DatabaseKind kind)
    {
        await using var one = await TestDatabase.CreateAsync(kind);
        await using var other = await TestDatabase.CreateAsync(kind);
        await using var first = new DatabaseServices(one);
        await using var second = new DatabaseServices(other);

        await first.Startup.StartingAsync(CancellationToken.None);
        await second.Startup.StartingAsync(CancellationToken.None);
    }

    // EF Core's lock is a row in SQLite, which nobody takes away when a process is killed while it migrates.
    [Fact]
    public async Task Starting_SqliteMigrationWasKilled_MigratesAnew()
    {
        await using var database = await TestDatabase.ReserveAsync(DatabaseKind.Sqlite);
        await using var services = new DatabaseServices(database);
        await using var context = services.CreateContext();
        await context.Database.OpenConnectionAsync();
        await context.Database.ExecuteSqlRawAsync(
            """
            CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" VALUES (1, '2000-01-01');
            """);

        await services.Startup.StartingAsync(CancellationToken.None);

        Assert.Empty(await context.Database.GetPendingMigrationsAsync());
    }
}
