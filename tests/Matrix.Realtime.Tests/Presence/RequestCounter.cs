using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Matrix.Realtime.Tests.Presence;

/// <summary>Knows how many requests the server has not finished, also of clients that hung up.</summary>
internal sealed class RequestCounter : IStartupFilter
{
    private int _open;

    public int Open => Volatile.Read(ref _open);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, call) =>
        {
            Interlocked.Increment(ref _open);
            try
            {
                await call(context);
            }
            finally
            {
                Interlocked.Decrement(ref _open);
            }
        });
        next(app);
    };
}
