using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.Http;

/// <summary>A handler parameter bound from any JSON object: an event's content, account data.</summary>
internal sealed class JsonObjectBody : IBindableFromHttpContext<JsonObjectBody>
{
    private JsonObjectBody(byte[] utf8)
    {
        Utf8 = utf8;
        Element = JsonElement.Parse(utf8);
    }

    /// <summary>The object as the client wrote it.</summary>
    public byte[] Utf8 { get; }

    /// <summary>The object to look into. All its strings are valid Unicode.</summary>
    public JsonElement Element { get; }

    public static async ValueTask<JsonObjectBody?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        await RequestBody.ReadAsync(context, Parse);

    /// <summary>Reads an object that does not come with a request.</summary>
    /// <exception cref="Errors.MatrixException">M_NOT_JSON or M_BAD_JSON.</exception>
    public static JsonObjectBody Parse(ReadOnlySpan<byte> utf8, MatrixJson json)
    {
        JsonScanner.RequireObject(utf8, json.MaxDepth);
        return new JsonObjectBody(utf8.ToArray());
    }
}
