using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.Http;

/// <summary>
/// Lets web pages of any origin use the API: the headers stand on every answer, and preflights end here.
/// </summary>
/// <remarks>
/// The framework's own CORS answers only requests that carry an Origin; the specification asks for more.
/// </remarks>
internal sealed class CorsMiddleware(RequestDelegate next)
{
    public static void AddHeaders(HttpResponse response)
    {
        var headers = response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlAllowMethods = "GET, POST, PUT, DELETE, OPTIONS";
        headers.AccessControlAllowHeaders = "X-Requested-With, Content-Type, Authorization, Last-Event-ID";

        // Browsers keep a preflight for five seconds unless told otherwise: every renewal of typing would cost two calls.
        headers.AccessControlMaxAge = "86400";
    }

    public Task InvokeAsync(HttpContext context)
    {
        AddHeaders(context.Response);
        if (!HttpMethods.IsOptions(context.Request.Method))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
