using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;

namespace Matrix.Realtime.Search.Events;

/// <summary>Where a page of results ended: what <c>next_batch</c> tells.</summary>
/// <param name="Through">No later event is looked at, so that pages do not shift.</param>
/// <param name="WordCount">Of the last result.</param>
/// <param name="Position">Of the last result.</param>
/// <param name="Found">How many results came before.</param>
/// <param name="Group">The group that the pages are of, if of one.</param>
internal sealed record SearchCursor(
    StreamPosition Through, int WordCount, StreamPosition Position, int Found, SearchGroup? Group)
{
    private const int Parts = 6;
    private const int MaxCount = 1_000_000_000;

    /// <summary>Reads what a client has given.</summary>
    /// <exception cref="MatrixException">400 M_INVALID_PARAM.</exception>
    public static SearchCursor Parse(string text) => TryParse(text, out var cursor)
        ? cursor
        : throw MatrixException.InvalidParam("'next_batch' is not a token of this server.");

    public override string ToString() => UnpaddedBase64.EncodeUrlSafe(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{Through} {WordCount} {Position} {Found} {Group?.Key} {Group?.Value}")));

    private static bool TryParse(string text, [NotNullWhen(true)] out SearchCursor? cursor)
    {
        cursor = null;
        if (!Base64Url.IsValid(text))
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(' ', Parts);
        if (parts.Length != Parts
            || !TryRead(parts[0], out var through)
            || !TryRead(parts[1], out var wordCount)
            || !TryRead(parts[2], out var position)
            || !TryRead(parts[3], out var found)
            || parts[4] is not ("" or SearchGroup.Room or SearchGroup.Sender)
            || wordCount > MaxCount
            || found > MaxCount)
        {
            return false;
        }

        SearchGroup? group = parts[4].Length == 0 ? null : new(parts[4], parts[5]);
        cursor = new(new(through), (int)wordCount, new(position), (int)found, group);
        return true;
    }

    private static bool TryRead(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
