using Matrix.Realtime.Postgres;
using Matrix.Realtime.Sqlite;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Matrix.Realtime.Tests.Storage;

public sealed class ModelTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Model_AgainstMigrations_HasNoPendingChanges(DatabaseKind kind)
    {
        await using var context = Context(kind);

        Assert.False(context.Database.HasPendingModelChanges(), "A migration is missing; see docs/operations.md.");
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Model_Columns_AreSnakeCaseAndGenerateNothing(DatabaseKind kind)
    {
        await using var context = Context(kind);

        Assert.All(
            context.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()),
            property =>
            {
                Assert.Matches("^[a-z0-9]+(_[a-z0-9]+)*$", property.GetColumnName());
                Assert.Equal(ValueGenerated.Never, property.ValueGenerated);
            });
    }

    [Fact]
    public async Task Migrations_OfBothProviders_HaveTheSameNames() =>
        Assert.Equal(await MigrationsAsync(DatabaseKind.Sqlite), await MigrationsAsync(DatabaseKind.Postgres));

    // What stands before the underscore is the time at which it was made.
    private static async Task<List<string>> MigrationsAsync(DatabaseKind kind)
    {
        await using var context = Context(kind);
        return [.. context.Database.GetMigrations().Select(migration => migration[(migration.IndexOf('_') + 1)..])];
    }

    private static MatrixDbContext Context(DatabaseKind kind) => kind == DatabaseKind.Sqlite
        ? new SqliteDesignTimeFactory().CreateDbContext([])
        : new PostgresDesignTimeFactory().CreateDbContext([]);
}
