using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Matrix.Realtime.Storage;

/// <summary>
/// Takes the database for this process and brings its schema up to date before any hosted service starts, Kestrel
/// included, and gives it back after all of them have stopped.
/// </summary>
internal sealed class DatabaseStartup(
    IDatabaseLock databaseLock,
    IDbContextFactory<MatrixDbContext> contexts,
    ILogger<DatabaseStartup> logger) : IHostedLifecycleService, IAsyncDisposable
{
    private IAsyncDisposable? _held;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        _held = await databaseLock.TryAcquireAsync(cancellationToken)
            ?? throw new IOException(
                "Another server process is using this database. Stop it first: one process serves a database.");
        await MigrateAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => DisposeAsync().AsTask();

    /// <summary>Also reached when starting failed, where nothing is stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _held, null) is { } held)
        {
            await held.DisposeAsync();
        }
    }

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (pending.Count > 0)
        {
            await context.Database.MigrateAsync(cancellationToken);
            logger.DatabaseMigrated(pending.Count, pending[^1]);
        }
    }
}
