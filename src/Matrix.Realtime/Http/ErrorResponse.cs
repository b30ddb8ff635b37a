using System.Globalization;
using System.Text.Json;
using Matrix.Realtime.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Matrix.Realtime.Http;

/// <summary>Writes the specification's standard error response. Nothing else writes errors.</summary>
internal static class ErrorResponse
{
    private const string RetryAfterMs = "retry_after_ms";

    private static readonly Dictionary<string, object> NoDetails = [];

    public static async Task WriteAsync(HttpContext context, MatrixException refusal)
    {
        var response = context.Response;
        response.StatusCode = refusal.StatusCode;
        response.ContentType = "application/json; charset=utf-8";
        if (refusal.Details?.GetValueOrDefault(RetryAfterMs) is long milliseconds)
        {
            var seconds = (milliseconds + 999) / 1000;
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        // Without the request's token: a client that has gone is no reason to throw out of an error handler.
        await response.StartAsync(CancellationToken.None);
        Write(context, refusal);
        await response.BodyWriter.FlushAsync(CancellationToken.None);
    }

    private static void Write(HttpContext context, MatrixException refusal)
    {
        var options = context.RequestServices.GetRequiredService<MatrixJson>().SerializerOptions;
        using var writer = new Utf8JsonWriter(
            context.Response.BodyWriter,
            new JsonWriterOptions { Encoder = options.Encoder });
        writer.WriteStartObject();
        writer.WriteString("errcode"u8, refusal.ErrorCode);
        writer.WriteString("error"u8, refusal.Message);
        foreach (var (name, value) in refusal.Details ?? NoDetails)
        {
            writer.WritePropertyName(name);
            JsonSerializer.Serialize(writer, value, value.GetType(), options);
        }

        writer.WriteEndObject();
    }
}
