using Matrix.Realtime.Search.Events;
using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Matrix.Realtime.Tests.Storage;

/// <summary>What a provider adds to a host, without the rest of the server.</summary>
internal sealed class DatabaseServices : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public DatabaseServices(Database database)
    {
        var services = new ServiceCollection().AddLogging();
        _ = database.Provider == "Sqlite"
            ? services.AddMatrixSqlite(database.ConnectionString)
            : services.AddMatrixPostgres(database.ConnectionString);
        _services = services.BuildServiceProvider();
    }

    public IHostedLifecycleService Startup =>
        _services.GetServices<IHostedService>().OfType<IHostedLifecycleService>().Single();

    public ISearchIndex SearchIndex => _services.GetRequiredService<ISearchIndex>();

    public MatrixDbContext CreateContext() =>
        _services.GetRequiredService<IDbContextFactory<MatrixDbContext>>().CreateDbContext();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
