using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Matrix.Realtime.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Matrix.Realtime.Http;

/// <summary>Reads a whole body within the limits. The request's Content-Type is not looked at.</summary>
internal static class RequestBody
{
    /// <summary>Makes a value of the body's bytes, which are gone afterwards.</summary>
    public delegate TResult Parser<out TResult>(ReadOnlySpan<byte> utf8, MatrixJson json);

    public static async ValueTask<TResult> ReadAsync<TResult>(HttpContext context, Parser<TResult> parse)
    {
        var json = context.RequestServices.GetRequiredService<MatrixJson>();
        var reader = context.Request.BodyReader;
        ThrowIfTooLarge(context.Request.ContentLength ?? 0, json);
        while (true)
        {
            var result = await reader.ReadAsync(context.RequestAborted);
            var consumed = result.Buffer.End;
            try
            {
                ThrowIfTooLarge(result.Buffer.Length, json);
                if (result.IsCompleted)
                {
                    return Parse(result.Buffer, json, parse);
                }

                consumed = result.Buffer.Start;
            }
            finally
            {
                reader.AdvanceTo(consumed, result.Buffer.End);
            }
        }
    }

    /// <summary>Reads a value of the wanted shape from a JSON object.</summary>
    public static T Deserialize<T>(ReadOnlySpan<byte> utf8, MatrixJson json)
    {
        JsonScanner.RequireObject(utf8, json.MaxDepth);
        try
        {
            var typeInfo = (JsonTypeInfo<T>)json.SerializerOptions.GetTypeInfo(typeof(T));
            return JsonSerializer.Deserialize(utf8, typeInfo)!;
        }
        catch (JsonException exception)
        {
            throw MatrixException.BadJson($"The body does not have the expected shape, at {exception.Path ?? "$"}.");
        }
    }

    private static TResult Parse<TResult>(ReadOnlySequence<byte> body, MatrixJson json, Parser<TResult> parse)
    {
        if (body.IsSingleSegment)
        {
            return parse(body.FirstSpan, json);
        }

        var length = (int)body.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            body.CopyTo(buffer);
            return parse(buffer.AsSpan(0, length), json);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void ThrowIfTooLarge(long length, MatrixJson json)
    {
        if (length > json.MaxBytes)
        {
            throw MatrixException.TooLarge($"The body is larger than {json.MaxBytes} bytes.");
        }
    }
}
