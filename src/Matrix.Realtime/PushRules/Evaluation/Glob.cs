namespace Matrix.Realtime.PushRules.Evaluation;

/// <summary>A pattern where <c>*</c> stands for any characters and <c>?</c> for one, whatever the case.</summary>
/// <remarks>
/// The pieces between the stars are looked for one after the other. The earliest place of each leaves the most room for
/// the next, so nothing is ever tried again, and no pattern can be made slow.
/// </remarks>
internal sealed class Glob
{
    private const int AnyCharacter = -1;

    private readonly int[][] _pieces;

    private Glob(int[][] pieces) => _pieces = pieces;

    public static Glob Parse(string pattern) => new([.. pattern.Split('*').Select(ParsePiece)]);

    /// <summary>A pattern of one text without wildcards, whatever characters it holds.</summary>
    public static Glob Literal(ReadOnlySpan<char> text) => new([new FoldedText(text).CodePoints.ToArray()]);

    /// <summary>Whether the pattern matches all of the text.</summary>
    public bool Matches(FoldedText text)
    {
        ReadOnlySpan<int> first = _pieces[0];
        if (!StandsAt(first, text.CodePoints, 0))
        {
            return false;
        }

        if (_pieces.Length == 1)
        {
            return first.Length == text.CodePoints.Length;
        }

        ReadOnlySpan<int> last = _pieces[^1];
        var lastStart = text.CodePoints.Length - last.Length;
        return FindMiddle(text.CodePoints, first.Length) is var end and >= 0
            && end <= lastStart
            && StandsAt(last, text.CodePoints, lastStart);
    }

    /// <summary>Whether the pattern matches a part of the text that starts and ends at word boundaries.</summary>
    public bool MatchesWords(FoldedText text) => _pieces.Length == 1 ? FindWord(text) : FindWords(text);

    private static int[] ParsePiece(string piece) =>
    [
        .. new FoldedText(piece).CodePoints.ToArray()
            .Select(character => character == '?' ? AnyCharacter : character),
    ];

    private static bool StandsAt(ReadOnlySpan<int> piece, ReadOnlySpan<int> text, int index)
    {
        if (index + piece.Length > text.Length)
        {
            return false;
        }

        for (var offset = 0; offset < piece.Length; offset++)
        {
            if (piece[offset] != text[index + offset] && piece[offset] != AnyCharacter)
            {
                return false;
            }
        }

        return true;
    }

    private static int Find(ReadOnlySpan<int> piece, ReadOnlySpan<int> text, int from)
    {
        for (var index = from; index + piece.Length <= text.Length; index++)
        {
            if (StandsAt(piece, text, index))
            {
                return index;
            }
        }

        return -1;
    }

    private bool FindWord(FoldedText text)
    {
        ReadOnlySpan<int> piece = _pieces[0];
        var from = 0;
        while (Find(piece, text.CodePoints, from) is var found and >= 0)
        {
            if (text.IsWordBoundary(found) && text.IsWordBoundary(found + piece.Length))
            {
                return true;
            }

            from = found + 1;
        }

        return false;
    }

    private bool FindWords(FoldedText text)
    {
        ReadOnlySpan<int> first = _pieces[0];
        var start = Find(first, text.CodePoints, 0);
        while (start >= 0 && !text.IsWordBoundary(start))
        {
            start = Find(first, text.CodePoints, start + 1);
        }

        ReadOnlySpan<int> last = _pieces[^1];
        var from = start < 0 ? -1 : FindMiddle(text.CodePoints, start + first.Length);
        while (from >= 0 && Find(last, text.CodePoints, from) is var found and >= 0)
        {
            if (text.IsWordBoundary(found + last.Length))
            {
                return true;
            }

            from = found + 1;
        }

        return false;
    }

    /// <summary>Where the pieces between the first and the last end at the earliest; -1 if they do not.</summary>
    private int FindMiddle(ReadOnlySpan<int> text, int from)
    {
        foreach (var piece in _pieces.AsSpan(1, _pieces.Length - 2))
        {
            var found = Find(piece, text, from);
            if (found < 0)
            {
                return -1;
            }

            from = found + piece.Length;
        }

        return from;
    }
}
