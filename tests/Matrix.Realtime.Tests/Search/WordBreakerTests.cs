using Matrix.Realtime.Search;

namespace Matrix.Realtime.Tests.Search;

public sealed class WordBreakerTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" ,.!\u200B🎉", "")]
    [InlineData("Hello, World!", "hello|world")]
    [InlineData("room_name-v2 @alice:a.b", "room|name|v2|alice|a|b")]
    [InlineData("ÄRGER Ελλάδα Привет", "ärger|ελλάδα|привет")]
    [InlineData("don't", "don|t")]
    [InlineData("नमस्ते", "नमस्ते")]
    [InlineData("日本語 and カナ", "日|本|語|and|カ|ナ")]
    [InlineData("a日b", "a|日|b")]
    [InlineData("𠮷野", "𠮷|野")]
    public void Words_OfText_AreFoldedRunsOfLettersAndDigits(string text, string words) =>
        Assert.Equal(words, string.Join('|', WordBreaker.Words(text)));

    [Fact]
    public void Words_LongerThanAnyWord_AreSeveral()
    {
        var words = WordBreaker.Words(new string('a', 63) + "𐐨𐐨" + new string('b', 10)).ToList();

        Assert.Equal([new string('a', 63), "𐐨𐐨" + new string('b', 10)], words);
    }

    [Fact]
    public void Words_OfLoneSurrogates_AreNone() => Assert.Equal(["a", "b"], WordBreaker.Words("a\uD800b"));
}
