using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.Http;

/// <summary>200 with a JSON body that is encoded already.</summary>
internal sealed class Utf8JsonResult(ReadOnlyMemory<byte> json) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json";
        httpContext.Response.ContentLength = json.Length;
        await httpContext.Response.Body.WriteAsync(json, httpContext.RequestAborted);
    }
}
