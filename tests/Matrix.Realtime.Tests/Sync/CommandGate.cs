using System.Data.Common;
using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Matrix.Realtime.Tests.Sync;

/// <summary>Holds or fails what is read from the database, once it is armed.</summary>
internal sealed class CommandGate : DbCommandInterceptor
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<DbCommand, bool> _isHeld = _ => false;

    /// <summary>Completes when a command has come to the gate.</summary>
    public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromSeconds(60));

    public void AttachTo(IServiceCollection services) =>
        services.ConfigureDbContext<MatrixDbContext>(options => options.AddInterceptors(this));

    /// <summary>From now on holds the commands that are chosen, until the gate is opened or broken.</summary>
    public void Close(Func<DbCommand, bool> isHeld) => _isHeld = isHeld;

    public void Open() => _released.TrySetResult();

    /// <summary>Lets the commands that are held fail, and those to come.</summary>
    public void Break() => _released.TrySetException(new InvalidOperationException("The database is gone."));

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        if (_isHeld(command))
        {
            _reached.TrySetResult();
            await _released.Task.WaitAsync(cancellationToken);
        }

        return result;
    }
}
