using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Matrix.Realtime.Postgres;

/// <summary>An advisory lock, which PostgreSQL keeps per database, held by a connection of its own.</summary>
internal sealed class PostgresDatabaseLock(IDbContextFactory<MatrixDbContext> contexts) : IDatabaseLock
{
    public async Task<IAsyncDisposable?> TryAcquireAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(await PrepareAsync(cancellationToken));
        try
        {
            await connection.OpenAsync(cancellationToken);
            if (await PostgresAdvisoryLock.TryTakeAsync(connection, cancellationToken) is { } held)
            {
                return held;
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    private async Task<string> PrepareAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var creator = context.GetService<IRelationalDatabaseCreator>();
        if (!await creator.ExistsAsync(cancellationToken))
        {
            await creator.CreateAsync(cancellationToken);
        }

        // Not from the pool: closing must end the session. Keep-alive, because nothing is ever sent on it.
        return new NpgsqlConnectionStringBuilder(context.Database.GetConnectionString())
        {
            Pooling = false,
            KeepAlive = 30,
        }.ConnectionString;
    }
}
