using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using Matrix.Realtime.Rooms.Reading;

namespace Matrix.Realtime.Sync;

/// <summary>Encodes answers to syncs as their requests want them, straight into what is sent.</summary>
internal sealed class SyncAnswerWriter(SyncService service, TimeProvider time)
{
    private static readonly JsonWriterOptions JsonOptions = new()
    {
        SkipValidation = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// Writes the whole answer, and notes what the client knows with it; the end of it is left for the caller to send.
    /// Some of it may be sent before: if a room cannot be read then, the connection must be cut.
    /// </summary>
    public async Task WriteAsync(
        PipeWriter output, SyncRequest request, SyncResponse answer, CancellationToken cancellationToken)
    {
        await using (var json = new Utf8JsonWriter(output, JsonOptions))
        {
            var recipient = new EventRecipient(request.Requester, time.GetUtcNow())
            {
                Format = request.Filter.EventFormat,
                Fields = request.Filter.EventFields,
            };
            await new SyncResponseWriter(json, output, recipient, request.StateFormat).WriteAsync(answer, cancellationToken);
        }

        service.Told(request, answer);
    }
}
