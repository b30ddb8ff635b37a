using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Matrix.Realtime.Storage;

/// <summary>
/// Takes the database for this process and brings its tables up to date, before anything else of the host starts.
/// </summary>
internal sealed class DatabaseStartup(
    IDbContextFactory<MatrixDbContext> databases, IDatabaseLock databaseLock, ILogger<DatabaseStartup> logger)
    : IHostedLifecycleService, IAsyncDisposable
{
    private IAsyncDisposable? _held;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        _held = await databaseLock.TryAcquireAsync(cancellationToken)
            ?? throw new InvalidOperationException(
                "The database is in use by another running server. Only one process may serve it at a time.");
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var pending = (await database.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (pending.Count > 0)
        {
            await database.Database.MigrateAsync(cancellationToken);
            Log.Migrated(logger, pending.Count);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken) => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _held, null) is { } held)
        {
            await held.DisposeAsync();
        }
    }
}
