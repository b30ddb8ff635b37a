using System.Buffers;
using System.Globalization;
using System.Text;

namespace Matrix.Realtime.Search;

/// <summary>
/// Cuts texts into words, the same way for what is stored and for what is searched, whatever the database: runs of
/// letters, marks and digits. Writing without spaces has one word for each character.
/// </summary>
internal static class WordBreaker
{
    /// <summary>What goes on for longer is several words.</summary>
    private const int MaxLength = 64;

    /// <summary>Where the words stand in the text.</summary>
    public static List<Range> Split(ReadOnlySpan<char> text)
    {
        List<Range> words = [];
        var (start, index) = (0, 0);
        while (index < text.Length)
        {
            if (Rune.DecodeFromUtf16(text[index..], out var rune, out var length) != OperationStatus.Done
                || !IsInWord(rune))
            {
                End(index);
                start = index + length;
            }
            else if (IsIdeographic(rune))
            {
                End(index);
                words.Add(index..(index + length));
                start = index + length;
            }
            else if (index + length - start > MaxLength)
            {
                End(index);
                start = index;
            }

            index += length;
        }

        End(text.Length);
        return words;

        void End(int end)
        {
            if (end > start)
            {
                words.Add(start..end);
            }
        }
    }

    /// <summary>The text without case, each character where it was.</summary>
    public static string Fold(string text) => text.ToLowerInvariant();

    /// <summary>The folded words of the text.</summary>
    public static IEnumerable<string> Words(string text)
    {
        var folded = Fold(text);
        return Split(folded).Select(word => folded[word]);
    }

    /// <summary>Whether a word consists of one character of a writing without spaces.</summary>
    public static bool IsIdeograph(ReadOnlySpan<char> word) =>
        Rune.DecodeFromUtf16(word, out var rune, out var length) == OperationStatus.Done
        && length == word.Length
        && IsIdeographic(rune);

    private static bool IsInWord(Rune rune) => rune.IsAscii
        ? char.IsAsciiLetterOrDigit((char)rune.Value)
        : Rune.IsLetterOrDigit(rune)
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // Hiragana and Katakana, the Han ideographs and their extensions.
    private static bool IsIdeographic(Rune rune) =>
        rune.Value is (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF)
            or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
}
