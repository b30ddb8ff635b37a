using Matrix.Realtime.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Matrix.Realtime.Http;

/// <summary>
/// Turns what is thrown below it, and the bare statuses of the framework (404, 405, failed bindings), into standard error
/// responses.
/// </summary>
internal sealed class ErrorMiddleware(RequestDelegate next, ILogger<ErrorMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var response = context.Response;
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!response.HasStarted)
        {
            await AnswerAsync(context, exception);
            return;
        }

        if (response is { StatusCode: >= 400, HasStarted: false, ContentType: null, ContentLength: null })
        {
            await ErrorResponse.WriteAsync(context, StatusErrors.For(response.StatusCode));
        }
    }

    private async Task AnswerAsync(HttpContext context, Exception exception)
    {
        if (exception is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return;
        }

        context.Response.Clear();
        CorsMiddleware.AddHeaders(context.Response);
        await ErrorResponse.WriteAsync(context, ToRefusal(context, exception));
    }

    private MatrixException ToRefusal(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case MatrixException refusal:
                logger.RequestRefused(context.Request.Method, refusal.StatusCode, refusal.ErrorCode, refusal.Message);
                return refusal;
            case BadHttpRequestException request:
                logger.RequestMalformed(exception, context.Request.Method);
                return StatusErrors.For(request.StatusCode);
            default:
                logger.RequestFailed(exception, context.Request.Method);
                return StatusErrors.For(StatusCodes.Status500InternalServerError);
        }
    }
}
