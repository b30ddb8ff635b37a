namespace Matrix.Realtime.Search.Events;

/// <summary>Words that must stand next to each other.</summary>
/// <param name="Words">The folded words.</param>
/// <param name="IsPrefix">Whether the last of them may be the beginning of a longer word.</param>
internal sealed record SearchPhrase(IReadOnlyList<string> Words, bool IsPrefix)
{
    /// <summary>What is in a row's words, with a space before and after them, where the phrase occurs.</summary>
    public string ToText() => $" {string.Join(' ', Words)}{(IsPrefix ? "" : " ")}";

    /// <summary>Whether the phrase begins with the word at the index.</summary>
    public bool Matches(IReadOnlyList<string> words, int index)
    {
        if (index + Words.Count > words.Count)
        {
            return false;
        }

        var last = Words.Count - 1;
        for (var i = 0; i < last; i++)
        {
            if (words[index + i] != Words[i])
            {
                return false;
            }
        }

        return IsPrefix
            ? words[index + last].StartsWith(Words[last], StringComparison.Ordinal)
            : words[index + last] == Words[last];
    }
}
