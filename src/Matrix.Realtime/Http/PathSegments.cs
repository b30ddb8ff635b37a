using System.Diagnostics.CodeAnalysis;

namespace Matrix.Realtime.Http;

/// <summary>
/// Percent-decoding of paths, once per segment. Routing splits at slashes after decoding, so a decoded slash has to
/// stay escaped until routing is done, and so does the percent sign in order to tell <c>%2F</c> from <c>%252F</c>.
/// </summary>
internal static class PathSegments
{
    /// <summary>
    /// Decodes a path as it came over the wire, save for slashes and percent signs, which stay escaped.
    /// </summary>
    public static string ForRouting(string rawPath)
    {
        if (!rawPath.Contains('%'))
        {
            return rawPath;
        }

        var segments = rawPath.Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            segments[i] = Uri.UnescapeDataString(segments[i])
                .Replace("%", "%25", StringComparison.Ordinal)
                .Replace("/", "%2F", StringComparison.Ordinal);
        }

        return string.Join('/', segments);
    }

    /// <summary>Undoes the escapes that <see cref="ForRouting"/> left in a segment.</summary>
    public static string AfterRouting(string segment) =>
        segment
            .Replace("%2F", "/", StringComparison.Ordinal)
            .Replace("%25", "%", StringComparison.Ordinal);

    /// <summary>Finds the path in a request target, which may also be a whole URL, <c>*</c> or nothing.</summary>
    public static bool TryGetPath(string target, [NotNullWhen(true)] out string? path)
    {
        var authority = target.IndexOf("://", StringComparison.Ordinal);
        var start = target.StartsWith('/') || authority < 0 ? 0 : target.IndexOf('/', authority + 3);
        path = start < 0 || !target.AsSpan(start).StartsWith("/") ? null : target[start..].Split('?', 2)[0];
        return path is not null;
    }
}
