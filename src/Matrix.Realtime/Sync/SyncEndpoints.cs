using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Matrix.Realtime.Sync;

/// <summary>The long poll (client-server API, "Syncing").</summary>
internal static class SyncEndpoints
{
    public static RouteGroupBuilder MapSync(this RouteGroupBuilder group)
    {
        // As a bare request delegate: a handler with parameters would keep a service scope for as long as a poll waits.
        var handler = new Lazy<SyncHandler>(((IEndpointRouteBuilder)group).ServiceProvider.GetRequiredService<SyncHandler>);
        group.MapGet("/sync", context => handler.Value.HandleAsync(context)).WithName("sync");
        return group;
    }
}
