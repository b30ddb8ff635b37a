using System.Text.Encodings.Web;
using System.Text.Json;
using Matrix.Realtime.Http;
using Matrix.Realtime.Rooms.Reading;
using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.Sync;

/// <summary>200 with the answer to a sync, encoded straight into the response.</summary>
internal sealed class SyncResult(SyncResponse response, Requester recipient, DateTimeOffset now) : IResult
{
    private static readonly JsonWriterOptions Options = new()
    {
        SkipValidation = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json";
        await using (var json = new Utf8JsonWriter(httpContext.Response.BodyWriter, Options))
        {
            new SyncResponseWriter(json, new ClientEventWriter(recipient, now)).Write(response);
        }

        await httpContext.Response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }
}
