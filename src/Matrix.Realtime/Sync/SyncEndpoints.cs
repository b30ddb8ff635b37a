using Matrix.Realtime.Errors;
using Matrix.Realtime.Filters;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Sync;

/// <summary>The long poll (client-server API, "Syncing").</summary>
internal static class SyncEndpoints
{
    public static RouteGroupBuilder MapSync(this RouteGroupBuilder group)
    {
        group.MapGet("/sync", SyncAsync).WithName("sync");
        return group;
    }

    private static async Task<IResult> SyncAsync(
        QueryReader query,
        Requester requester,
        SyncService service,
        FilterService filters,
        IOptions<RealtimeOptions> options,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var request = new SyncRequest
        {
            Requester = requester,
            Since = ReadSince(query),
            FullState = query.Boolean("full_state") ?? false,
            Timeout = ReadTimeout(query, options.Value.Sync.MaxTimeout),
            Filter = await filters.ResolveAsync(requester.UserId, query.Text("filter"), cancellationToken),
        };
        return new SyncResult(await service.SyncAsync(request, cancellationToken), requester, time.GetUtcNow());
    }

    private static StreamPosition? ReadSince(QueryReader query) =>
        query.Text("since") is { Length: > 0 } since ? StreamToken.Parse(since, "since").Position : null;

    private static TimeSpan ReadTimeout(QueryReader query, TimeSpan longest) =>
        query.Integer("timeout") is not { } timeout ? TimeSpan.Zero
        : timeout < 0 ? throw MatrixException.InvalidParam("'timeout' must not be negative.")
        : TimeSpan.FromMilliseconds(Math.Min(timeout, longest.TotalMilliseconds));
}
