using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Matrix.Realtime.Http;

/// <summary>
/// Gives routing the path as the client sent it (the server's own decoding is lossy) and takes <c>r0</c> for <c>v3</c>.
/// </summary>
internal sealed class RequestPathMiddleware(RequestDelegate next)
{
    private const string Legacy = "/_matrix/client/r0/";

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var path = PathSegments.ForRouting(RawPath(context));

        // Not assigned as a string: that conversion would decode once more.
        request.Path = new PathString(path.StartsWith(Legacy, StringComparison.Ordinal)
            ? $"{MatrixPaths.Client}/{path.AsSpan(Legacy.Length)}"
            : path);
        return next(context);
    }

    // A server that keeps no target, such as the in-memory one, leaves only its own decoding to go by.
    private static string RawPath(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var prefix = context.Request.PathBase.ToUriComponent();
        return PathSegments.TryGetPath(target, out var path) && path.StartsWith(prefix, StringComparison.Ordinal)
            ? path[prefix.Length..]
            : context.Request.Path.ToUriComponent();
    }
}
