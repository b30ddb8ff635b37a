using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Matrix.Realtime.Tests;

/// <summary>A raw answer.</summary>
internal sealed record MatrixResponse(
    HttpStatusCode Status,
    HttpResponseHeaders Headers,
    MediaTypeHeaderValue? ContentType,
    string Text)
{
    /// <summary>The body, which must be a JSON object.</summary>
    public JsonObject Json => JsonNode.Parse(Text)!.AsObject();

    /// <summary>The body of an answer that must have this status.</summary>
    public JsonObject Expect(HttpStatusCode status)
    {
        Assert.True(Status == status, $"Expected {(int)status}, got {(int)Status}: {Text}");
        return Json;
    }

    /// <summary>The body of a standard error that must have this status and code.</summary>
    public JsonObject ExpectError(HttpStatusCode status, string errorCode)
    {
        var body = Expect(status);
        Assert.True((string?)body["errcode"] == errorCode, $"Expected {errorCode}, got: {Text}");
        Assert.False(string.IsNullOrEmpty((string?)body["error"]), $"No error text in: {Text}");
        return body;
    }
}
