using Matrix.Realtime.Search.Events;

namespace Matrix.Realtime.Tests.Search.Events;

public sealed class SearchTermTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("?!", "")]
    [InlineData("Meet Me", "meet*|me")]
    [InlineData("\"Meet Me\" soon", "meet me|soon*")]
    [InlineData("see \"the end", "see*|the end")]
    [InlineData("\"\" a", "a")]
    [InlineData("日本 語x", "日 本|語|x")]
    public void Parse_Term_GivesPhrases(string text, string phrases) => Assert.Equal(
        phrases,
        string.Join('|', SearchTerm.Parse(text).Phrases.Select(
            phrase => string.Join(' ', phrase.Words) + (phrase.IsPrefix ? "*" : ""))));

    [Theory]
    [InlineData("meet", "We MEET at the Meeting point", "MEET|Meeting")]
    [InlineData("\"meet at\"", "We meet at the meeting at", "meet at")]
    [InlineData("at", "at attics", "at")]
    [InlineData("日本", "在日本", "日本")]
    [InlineData("\"the end\"", "the", "")]
    public void FindIn_Text_GivesWhatToHighlight(string term, string text, string found) =>
        Assert.Equal(found, string.Join('|', SearchTerm.Parse(term).FindIn(text)));
}
