using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Matrix.Realtime.PushRules.Evaluation;

namespace Matrix.Realtime.Tests.PushRules.Evaluation;

// NOT-25
public sealed class GlobTests
{
    [Property(MaxTest = 2000, Arbitrary = [typeof(Texts)])]
    public bool Matches_AnyText_AsBacktrackingWould(Pattern pattern, Text text) =>
        Glob.Parse(pattern.Value).Matches(new FoldedText(text.Value)) == Naive(pattern.Value, text.Value);

    [Property(MaxTest = 2000, Arbitrary = [typeof(Texts)])]
    public bool MatchesWords_AnyText_AsAllPartsOfItWould(Pattern pattern, Text text)
    {
        var boundaries = Enumerable.Range(0, text.Value.Length + 1)
            .Where(index => IsBoundary(text.Value, index))
            .ToList();
        var expected = boundaries.Any(start => boundaries.Any(end =>
            start <= end && Naive(pattern.Value, text.Value.AsSpan(start, end - start))));

        return Glob.Parse(pattern.Value).MatchesWords(new FoldedText(text.Value)) == expected;
    }

    [Theory]
    [InlineData("a*b?", "so a*b? it is", true)]
    [InlineData("a*b?", "so axbx it is", false)]
    public void Literal_WithWildcards_StandsForThemselves(string literal, string text, bool matches) =>
        Assert.Equal(matches, Glob.Literal(literal).MatchesWords(new FoldedText(text)));

    [Fact]
    public void Matches_PatternMadeToBeSlow_IsAnswered()
    {
        var pattern = string.Concat(Enumerable.Repeat("a*", 100)) + "b";
        var text = new FoldedText(new string('a', 20_000));

        Assert.False(Glob.Parse(pattern).Matches(text));
        Assert.False(Glob.Parse(pattern).MatchesWords(text));
    }

    private static bool Naive(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        if (pattern.IsEmpty)
        {
            return text.IsEmpty;
        }

        if (pattern[0] == '*')
        {
            return Naive(pattern[1..], text) || (!text.IsEmpty && Naive(pattern, text[1..]));
        }

        return !text.IsEmpty
            && (pattern[0] == '?' || char.ToLowerInvariant(pattern[0]) == char.ToLowerInvariant(text[0]))
            && Naive(pattern[1..], text[1..]);
    }

    private static bool IsBoundary(string text, int index) =>
        index == 0 || index == text.Length || !IsWord(text[index - 1]) || !IsWord(text[index]);

    private static bool IsWord(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';

    public sealed record Pattern(string Value);

    public sealed record Text(string Value);

    private static class Texts
    {
        public static Arbitrary<Pattern> Patterns() =>
            Of("aAb-é?*").Select(value => new Pattern(value)).ToArbitrary();

        public static Arbitrary<Text> Bodies() => Of("aAb-_É ").Select(value => new Text(value)).ToArbitrary();

        private static Gen<string> Of(string alphabet) =>
            Gen.Elements(alphabet.ToCharArray()).ListOf().Resize(12)
                .Select(characters => new StringBuilder().AppendJoin("", characters).ToString());
    }
}
