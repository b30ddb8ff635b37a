using System.IO.Pipelines;
using System.Text;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Presence;
using Matrix.Realtime.Streams;
using Matrix.Realtime.ToDevice;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Sync.Streaming;

/// <summary>
/// Keeps telling a client what is new for it. Each event holds the answer to a sync, and as its id the token to go on from.
/// </summary>
/// <remarks>
/// The next answer is read when the client has taken the one before, so a slow client costs no memory: it gets fewer and
/// larger answers. The framework's own formatter would hold a whole first answer in memory, where this sends it room by
/// room; the format is three lines.
/// </remarks>
internal sealed class SyncStreamHandler(
    SyncRequestReader requests,
    ToDeviceConfirmer toDevice,
    SyncService service,
    SyncAnswerWriter answers,
    SyncStreams streams,
    PresenceTracker presence,
    IAccessTokenVerifier verifier,
    IOptions<RealtimeOptions> options)
{
    /// <summary>
    /// After how many messages to its device a stream ends: a client that comes back says that it has them, and they
    /// can be deleted.
    /// </summary>
    private const int MaxUnconfirmed = 1000;

    /// <summary>When clients try again whose connection is lost.</summary>
    private static readonly byte[] Opening = "retry: 1000\n\n"u8.ToArray();

    public async Task HandleAsync(HttpContext context)
    {
        var request = await ReadAsync(context);
        if (request.Since is { } since)
        {
            await toDevice.ConfirmAsync(request.Requester, since.ToDevice, context.RequestAborted);
        }

        using var stream = streams.Open(request.Requester, context.RequestAborted);
        using var poll = await presence.OpenAsync(request.Requester, request.SetPresence);
        try
        {
            await OpenAsync(context, stream.Ended);
            await TellAsync(context, request with { SetPresence = PresenceState.Offline }, stream.Ended);
        }
        catch (OperationCanceledException) when (stream.Ended.IsCancellationRequested)
        {
            // The client or its device is gone, or the server stops. What is half an event by now counts for nothing.
        }
    }

    /// <summary>A client that comes back says with a header what it has; the address says what it had at first.</summary>
    private async ValueTask<SyncRequest> ReadAsync(HttpContext context)
    {
        var request = await requests.ReadAsync(context);
        var lastEventId = context.Request.Headers["Last-Event-ID"].ToString();
        return request with
        {
            Since = lastEventId.Length > 0 ? StreamToken.Parse(lastEventId, "Last-Event-ID") : request.Since,
            FullState = request.FullState && lastEventId.Length == 0,
            Timeout = options.Value.Sync.StreamHeartbeat,
        };
    }

    private static async Task OpenAsync(HttpContext context, CancellationToken cancellationToken)
    {
        context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        await response.StartAsync(cancellationToken);
        await response.BodyWriter.WriteAsync(Opening, cancellationToken);
    }

    private async Task TellAsync(HttpContext context, SyncRequest request, CancellationToken cancellationToken)
    {
        var unconfirmed = 0;
        while (unconfirmed < MaxUnconfirmed)
        {
            var answer = await service.SyncAsync(request, cancellationToken);
            if (!await IsWelcomeAsync(context, cancellationToken))
            {
                return;
            }

            var output = context.Response.BodyWriter;
            Write(output, $"id: {answer.NextBatch}\n");
            if (!answer.IsEmpty || request.AnswersAtOnce)
            {
                Write(output, "data: ");
                await answers.WriteAsync(new SingleLineWriter(output), request, answer, cancellationToken);
                Write(output, "\n");
            }

            Write(output, "\n");
            await output.FlushAsync(cancellationToken);
            request = request with { Since = answer.NextBatch, FullState = false };
            unconfirmed += answer.ToDevice.Count;
        }
    }

    /// <summary>Whether the access token with which the stream was opened would still open one.</summary>
    private async ValueTask<bool> IsWelcomeAsync(HttpContext context, CancellationToken cancellationToken)
    {
        try
        {
            var token = AccessTokenMiddleware.ReadToken(context.Request)!;
            return await verifier.VerifyAsync(token, cancellationToken) is { } requester
                && !requester.Restriction.HasFlag(AccountRestriction.Locked);
        }
        catch (MatrixException)
        {
            return false;
        }
    }

    private static void Write(PipeWriter output, string text) => Encoding.UTF8.GetBytes(text, output);
}
