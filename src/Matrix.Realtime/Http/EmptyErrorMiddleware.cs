using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.Http;

/// <summary>Gives a standard error body to the bare statuses of the framework: 404, 405 and failed bindings.</summary>
internal sealed class EmptyErrorMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);

        var response = context.Response;
        if (response is { StatusCode: >= 400, HasStarted: false, ContentType: null, ContentLength: null })
        {
            await ErrorResponse.WriteAsync(context, StatusErrors.For(response.StatusCode));
        }
    }
}
