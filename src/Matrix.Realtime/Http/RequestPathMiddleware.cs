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
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var prefix = request.PathBase.ToUriComponent();
        if (PathSegments.TryGetPath(target, out var raw) && raw.StartsWith(prefix, StringComparison.Ordinal))
        {
            var path = PathSegments.ForRouting(raw.AsSpan(prefix.Length));
            request.Path = path.StartsWith(Legacy, StringComparison.Ordinal)
                ? $"{MatrixPaths.Client}/{path.AsSpan(Legacy.Length)}"
                : path;
        }

        return next(context);
    }
}
