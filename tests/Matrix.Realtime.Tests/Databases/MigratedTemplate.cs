using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matrix.Realtime.Tests.Databases;

/// <summary>Creates and migrates the database that all others of its kind are copied from.</summary>
internal static class MigratedTemplate
{
    public static async Task CreateAsync(Action<IServiceCollection> addProvider)
    {
        var services = new ServiceCollection();
        addProvider(services);
        await using var provider = services.BuildServiceProvider();
        await using var context = await provider
            .GetRequiredService<IDbContextFactory<MatrixDbContext>>()
            .CreateDbContextAsync();
        await context.Database.MigrateAsync();
    }
}
