using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Streams;

/// <summary>
/// A pagination token: the boundary right after a position. The same everywhere: what <c>/sync</c> hands out is taken
/// by
/// <c>/messages</c> and <c>/members</c>, and the other way round.
/// </summary>
internal readonly record struct StreamToken(StreamPosition Position)
{
    private const char Prefix = 's';

    public static bool TryParse([NotNullWhen(true)] string? text, out StreamToken token)
    {
        token = default;
        if (text is not { Length: > 1 } || text[0] != Prefix
            || !long.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        token = new(new(value));
        return true;
    }

    /// <summary>Parses a token that a client has given.</summary>
    /// <exception cref="MatrixException">400 M_INVALID_PARAM.</exception>
    public static StreamToken Parse(string text, string parameter) =>
        TryParse(text, out var token)
            ? token
            : throw MatrixException.InvalidParam($"'{parameter}' is not a token of this server.");

    public override string ToString() => $"{Prefix}{Position}";
}
