using System.Text;

namespace Matrix.Realtime.PushRules.Evaluation;

/// <summary>A text as code points without case, so that a character is one element whatever its encoding.</summary>
internal sealed class FoldedText
{
    private readonly int[] _codePoints;

    public FoldedText(ReadOnlySpan<char> text)
    {
        var codePoints = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            codePoints.Add(Rune.ToUpperInvariant(rune).Value);
        }

        _codePoints = [.. codePoints];
    }

    public ReadOnlySpan<int> CodePoints => _codePoints;

    /// <summary>Whether a word may start or end at the index: at an end, or beside what belongs to no word.</summary>
    public bool IsWordBoundary(int index) =>
        index == 0 || index == _codePoints.Length || !IsWord(_codePoints[index - 1]) || !IsWord(_codePoints[index]);

    private static bool IsWord(int codePoint) =>
        codePoint == '_' || (codePoint < 0x80 && char.IsAsciiLetterOrDigit((char)codePoint));
}
