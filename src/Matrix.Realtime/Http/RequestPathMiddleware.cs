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
        var path = PathSegments.ForRouting(RawPath(context));

        // Not assigned as a string: that conversion would decode once more.
        context.Request.Path = new PathString(path.StartsWith(Legacy, StringComparison.Ordinal)
            ? $"{MatrixPaths.Client}/{path.AsSpan(Legacy.Length)}"
            : path);
        return next(context);
    }

    // Where there is no target, as in memory, or where it reaches us only through dot segments, there is but the server's
    // own decoding to go by. Taking such a target as it is could lead past the checks that a host makes by path.
    private static string RawPath(HttpContext context)
    {
        var request = context.Request;
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var prefix = request.PathBase.ToUriComponent();
        return PathSegments.TryGetPath(target, out var path)
            && path.StartsWith(prefix, StringComparison.Ordinal)
            && path[prefix.Length..] is ['/', ..] rest
            && MatrixPaths.Owns(new PathString(rest))
                ? rest
                : request.Path.ToUriComponent();
    }
}
