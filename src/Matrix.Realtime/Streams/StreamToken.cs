using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Streams;

/// <summary>
/// A pagination token: the boundary right after a position. The same everywhere: what <c>/sync</c> hands out is taken by
/// <c>/messages</c> and <c>/members</c>, and the other way round.
/// </summary>
/// <param name="Position">The boundary.</param>
/// <param name="LastToDevice">
/// The last message to the device that was delivered with the token, when others before the boundary were not.
/// </param>
internal readonly record struct StreamToken(StreamPosition Position, StreamPosition? LastToDevice = null)
{
    private const char Prefix = 's';
    private const char Separator = '_';

    /// <summary>Up to where whoever holds the token has the messages to their device.</summary>
    public StreamPosition ToDevice => LastToDevice ?? Position;

    /// <summary>The token, or the boundary after the position when that is before the token's own.</summary>
    public StreamToken NotAfter(StreamPosition position) => Position <= position
        ? this
        : new(position, LastToDevice < position ? LastToDevice : null);

    public static bool TryParse([NotNullWhen(true)] string? text, out StreamToken token)
    {
        token = default;
        if (text is not { Length: > 1 } || text[0] != Prefix)
        {
            return false;
        }

        var separator = text.IndexOf(Separator, StringComparison.Ordinal);
        if (!TryParse(separator < 0 ? text.AsSpan(1) : text.AsSpan(1, separator - 1), out var position))
        {
            return false;
        }

        token = new(position);
        if (separator < 0)
        {
            return true;
        }

        var isValid = TryParse(text.AsSpan(separator + 1), out var lastToDevice) && lastToDevice < position;
        token = isValid ? new(position, lastToDevice) : default;
        return isValid;
    }

    /// <summary>Parses a token that a client has given.</summary>
    /// <exception cref="MatrixException">400 M_INVALID_PARAM.</exception>
    public static StreamToken Parse(string text, string parameter) =>
        TryParse(text, out var token)
            ? token
            : throw MatrixException.InvalidParam($"'{parameter}' is not a token of this server.");

    public override string ToString() =>
        LastToDevice is { } last ? $"{Prefix}{Position}{Separator}{last}" : $"{Prefix}{Position}";

    private static bool TryParse(ReadOnlySpan<char> digits, out StreamPosition position)
    {
        var isValid = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        position = new(value);
        return isValid;
    }
}
