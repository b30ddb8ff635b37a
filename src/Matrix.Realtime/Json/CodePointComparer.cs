namespace Matrix.Realtime.Json;

/// <summary>Orders strings by Unicode codepoint, which is also the order of their UTF-8 bytes.</summary>
/// <remarks>Ordinal order differs: it puts supplementary codepoints before U+E000 to U+FFFF.</remarks>
internal sealed class CodePointComparer : IComparer<string>
{
    public static readonly CodePointComparer Instance = new();

    public int Compare(string? x, string? y)
    {
        var left = x.AsSpan();
        var right = y.AsSpan();
        var common = left.CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
        {
            return left.Length - right.Length;
        }

        return Rank(left[common]) - Rank(right[common]);
    }

    private static int Rank(char unit) => char.IsSurrogate(unit) ? unit + char.MaxValue : unit;
}
