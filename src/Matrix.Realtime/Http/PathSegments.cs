using System.Diagnostics.CodeAnalysis;
using Matrix.Realtime.Errors;

namespace Matrix.Realtime.Http;

/// <summary>
/// Percent-decoding of paths, once per segment. Routing splits at slashes after decoding, so a decoded slash has to stay
/// escaped until routing is done, and so does the percent sign in order to tell <c>%2F</c> from <c>%252F</c>.
/// </summary>
internal static class PathSegments
{
    /// <summary>Decodes a path as it came over the wire, save for slashes and percent signs, which stay escaped.</summary>
    public static string ForRouting(ReadOnlySpan<char> rawPath)
    {
        if (!rawPath.Contains('%'))
        {
            return rawPath.ToString();
        }

        var segments = rawPath.ToString().Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            segments[i] = Uri.UnescapeDataString(segments[i])
                .Replace("%", "%25", StringComparison.Ordinal)
                .Replace("/", "%2F", StringComparison.Ordinal);
        }

        var path = string.Join('/', segments);
        return path.Contains('\0') ? throw MatrixException.InvalidParam("The path holds a NUL character.") : path;
    }

    /// <summary>Undoes the escapes that <see cref="ForRouting"/> left in a segment.</summary>
    public static string AfterRouting(string segment) =>
        segment
            .Replace("%2F", "/", StringComparison.Ordinal)
            .Replace("%25", "%", StringComparison.Ordinal);

    /// <summary>Finds the path in a request target, which may also be a whole URL or <c>*</c>.</summary>
    public static bool TryGetPath(string target, [NotNullWhen(true)] out string? path)
    {
        var start = target.StartsWith('/') ? 0 : target.IndexOf('/', Math.Max(0, target.IndexOf("://", StringComparison.Ordinal) + 3));
        path = start < 0 ? null : target[start..].Split('?', 2)[0];
        return path is not null;
    }
}
