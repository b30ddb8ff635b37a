using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.Http;

/// <summary>Completes the decoding of path parameters once routing has split the path.</summary>
internal sealed class RouteValueMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value;
        if (path is not null && path.Contains('%') && MatrixPaths.Owns(context))
        {
            Decode(context);
        }

        return next(context);
    }

    private static void Decode(HttpContext context)
    {
        var values = context.Request.RouteValues;
        foreach (var (name, value) in values.ToArray())
        {
            if (value is string segment && segment.Contains('%'))
            {
                values[name] = PathSegments.AfterRouting(segment);
            }
        }
    }
}
