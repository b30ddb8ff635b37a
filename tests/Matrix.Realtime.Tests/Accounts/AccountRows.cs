using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matrix.Realtime.Tests.Accounts;

/// <summary>The tables of a database, for what no request tells or does.</summary>
internal static class AccountRows
{
    public static async Task<T> UseAsync<T>(this Database database, Func<MatrixDbContext, Task<T>> use)
    {
        await using var provider = new ServiceCollection().AddTestDatabase(database).BuildServiceProvider();
        await using var context = await provider
            .GetRequiredService<IDbContextFactory<MatrixDbContext>>()
            .CreateDbContextAsync();
        return await use(context);
    }

    public static IServiceCollection AddTestDatabase(this IServiceCollection services, Database database) =>
        database.Provider == "Sqlite"
            ? services.AddMatrixSqlite(database.ConnectionString)
            : services.AddMatrixPostgres(database.ConnectionString);
}
