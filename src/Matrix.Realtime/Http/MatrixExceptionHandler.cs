using Matrix.Realtime.Errors;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Matrix.Realtime.Http;

/// <summary>Turns what was thrown below it into a standard error response.</summary>
internal sealed class MatrixExceptionHandler(ILogger<MatrixExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext,
        Exception exception,
        CancellationToken cancellationToken)
    {
        if (!MatrixPaths.Owns(httpContext))
        {
            return false;
        }

        await ErrorResponse.WriteAsync(httpContext, ToRefusal(httpContext, exception));
        return true;
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
