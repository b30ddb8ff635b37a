namespace Matrix.Realtime.Search.Events;

/// <summary>
/// What is searched for: phrases that must all occur. A word of the term is the beginning of words, which stands in for
/// knowing a language's endings; what stands in quotation marks is a phrase of whole words.
/// </summary>
internal sealed record SearchTerm(IReadOnlyList<SearchPhrase> Phrases)
{
    /// <summary>Shorter words begin too many others.</summary>
    private const int MinPrefix = 3;

    /// <summary>More are left out.</summary>
    private const int MaxPhrases = 16;

    public bool IsEmpty => Phrases.Count == 0;

    public int WordCount => Phrases.Sum(phrase => phrase.Words.Count);

    public static SearchTerm Parse(string text)
    {
        var parts = WordBreaker.Fold(text).Split('"');
        return new([.. parts.SelectMany(Parse).Take(MaxPhrases)]);
    }

    /// <summary>The parts of a text that the term finds, as they stand there.</summary>
    public IEnumerable<string> FindIn(string text)
    {
        var folded = WordBreaker.Fold(text);
        var places = WordBreaker.Split(folded);
        var words = places.ConvertAll(place => folded[place]);
        for (var index = 0; index < words.Count; index++)
        {
            foreach (var phrase in Phrases.Where(phrase => phrase.Matches(words, index)))
            {
                yield return text[places[index].Start..places[index + phrase.Words.Count - 1].End];
            }
        }
    }

    private static IEnumerable<SearchPhrase> Parse(string part, int index)
    {
        var places = WordBreaker.Split(part);
        var isQuoted = index % 2 == 1;
        for (var first = 0; first < places.Count;)
        {
            var next = first + 1;
            while (next < places.Count && (isQuoted || AreOneWord(part, places[next - 1], places[next])))
            {
                next++;
            }

            List<string> words = [.. places[first..next].Select(place => part[place])];
            yield return new SearchPhrase(words, IsPrefix: !isQuoted && words is [{ Length: >= MinPrefix }]);
            first = next;
        }
    }

    // Characters of a writing without spaces: what is written together is looked for together.
    private static bool AreOneWord(string text, Range first, Range second) =>
        first.End.Equals(second.Start) && WordBreaker.IsIdeograph(text[first]) && WordBreaker.IsIdeograph(text[second]);
}
