using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.Http;

/// <summary>Which paths of the host belong to the homeserver.</summary>
internal static class MatrixPaths
{
    /// <summary>Where most endpoints of the client-server API stand.</summary>
    public const string Client = "/_matrix/client/v3";

    /// <summary>Where those stand that came to the API after its version 3.</summary>
    public const string ClientV1 = "/_matrix/client/v1";

    private static readonly PathString Matrix = "/_matrix";
    private static readonly PathString WellKnown = "/.well-known/matrix";

    /// <summary>Whether the homeserver answers for the request, be it with an error.</summary>
    public static bool Owns(HttpContext context) => Owns(context.Request.Path);

    /// <summary>Whether the homeserver answers for the path.</summary>
    public static bool Owns(PathString path) => path.StartsWithSegments(Matrix) || path.StartsWithSegments(WellKnown);
}
