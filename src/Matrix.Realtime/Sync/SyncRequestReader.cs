using Matrix.Realtime.Errors;
using Matrix.Realtime.Filters;
using Matrix.Realtime.Http;
using Matrix.Realtime.Presence;
using Matrix.Realtime.Streams;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Sync;

/// <summary>Reads what a sync asks for from its query.</summary>
internal sealed class SyncRequestReader(FilterService filters, IOptions<RealtimeOptions> options)
{
    /// <exception cref="MatrixException">400: a parameter is not what it should be.</exception>
    public async ValueTask<SyncRequest> ReadAsync(HttpContext context)
    {
        var query = new QueryReader(context.Request.Query);
        var requester = context.Features.GetRequiredFeature<Requester>();
        var filter = query.Text("filter");
        return new SyncRequest
        {
            Requester = requester,
            Since = ReadSince(query),
            StateFormat = ReadStateFormat(query),
            FullState = query.Boolean("full_state") ?? false,
            Timeout = ReadTimeout(query, options.Value.Sync.MaxTimeout),
            SetPresence = query.Text("set_presence") is { } state
                ? PresenceStates.Parse(state, "set_presence")
                : PresenceState.Online,
            Filter = await filters.ResolveAsync(requester.UserId, filter, context.RequestAborted),
            FilterName = filter,
        };
    }

    private static StreamToken? ReadSince(QueryReader query) =>
        query.Text("since") is { Length: > 0 } since ? StreamToken.Parse(since, "since") : null;

    private static StateFormat ReadStateFormat(QueryReader query) =>
        query.Boolean("use_state_after") == true ? StateFormat.AfterTimeline
        : query.Boolean("org.matrix.msc4222.use_state_after") == true ? StateFormat.UnstableAfterTimeline
        : StateFormat.BeforeTimeline;

    private static TimeSpan ReadTimeout(QueryReader query, TimeSpan longest) =>
        query.Integer("timeout") is not { } timeout ? TimeSpan.Zero
        : timeout < 0 ? throw MatrixException.InvalidParam("'timeout' must not be negative.")
        : TimeSpan.FromMilliseconds(Math.Min(timeout, longest.TotalMilliseconds));
}
