using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Matrix.Realtime.Sync.Streaming;

/// <summary>Syncing by one long answer of server-sent events instead of many polls. Not part of the specification.</summary>
internal static class SyncStreamEndpoints
{
    public const string UnstablePrefix = "/_matrix/client/unstable/io.matrixrealtime.live";

    public static RouteGroupBuilder MapSyncStream(this RouteGroupBuilder group)
    {
        // As a bare request delegate, for the same reason as the poll.
        var handler = new Lazy<SyncStreamHandler>(
            ((IEndpointRouteBuilder)group).ServiceProvider.GetRequiredService<SyncStreamHandler>);
        group.MapGet("/stream", context => handler.Value.HandleAsync(context));
        return group;
    }
}
