using System.Text.Encodings.Web;
using System.Text.Json;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Filters;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Presence;
using Matrix.Realtime.Rooms.Reading;
using Matrix.Realtime.Streams;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Sync;

/// <summary>Reads what a sync asks for, and encodes the answer straight into the response.</summary>
internal sealed class SyncHandler(
    SyncService service, FilterService filters, IOptions<RealtimeOptions> options, TimeProvider time)
{
    private static readonly JsonWriterOptions JsonOptions = new()
    {
        SkipValidation = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public async Task HandleAsync(HttpContext context)
    {
        var request = await ReadAsync(context);
        var response = await service.SyncAsync(request, context.RequestAborted);
        await WriteAsync(context.Response, response, request, context.RequestAborted);
    }

    private static StreamPosition? ReadSince(QueryReader query) =>
        query.Text("since") is { Length: > 0 } since ? StreamToken.Parse(since, "since").Position : null;

    private static StateFormat ReadStateFormat(QueryReader query) =>
        query.Boolean("use_state_after") == true ? StateFormat.AfterTimeline
        : query.Boolean("org.matrix.msc4222.use_state_after") == true ? StateFormat.UnstableAfterTimeline
        : StateFormat.BeforeTimeline;

    private static TimeSpan ReadTimeout(QueryReader query, TimeSpan longest) =>
        query.Integer("timeout") is not { } timeout ? TimeSpan.Zero
        : timeout < 0 ? throw MatrixException.InvalidParam("'timeout' must not be negative.")
        : TimeSpan.FromMilliseconds(Math.Min(timeout, longest.TotalMilliseconds));

    private async ValueTask<SyncRequest> ReadAsync(HttpContext context)
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

    /// <summary>From here on there is no other answer: if a room cannot be read, the connection is cut.</summary>
    private async Task WriteAsync(
        HttpResponse response, SyncResponse answer, SyncRequest request, CancellationToken cancellationToken)
    {
        response.ContentType = "application/json";
        await response.StartAsync(cancellationToken);
        await using (var json = new Utf8JsonWriter(response.BodyWriter, JsonOptions))
        {
            var recipient = new EventRecipient(request.Requester, time.GetUtcNow())
            {
                Format = request.Filter.EventFormat,
                Fields = request.Filter.EventFields,
            };
            var writer = new SyncResponseWriter(json, response.BodyWriter, recipient, request.StateFormat);
            await writer.WriteAsync(answer, cancellationToken);
        }

        service.Told(request, answer);
        await response.BodyWriter.FlushAsync(cancellationToken);
    }
}
