using System.Text;
using Matrix.Realtime.Json;

namespace Matrix.Realtime.Tests.Json;

/// <summary>The examples of appendices, "Unpadded Base64".</summary>
public sealed class UnpaddedBase64Tests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "Zg")]
    [InlineData("fo", "Zm8")]
    [InlineData("foo", "Zm9v")]
    [InlineData("foobar", "Zm9vYmFy")]
    public void Encode_Text_IsReversible(string text, string encoded)
    {
        Assert.Equal(encoded, UnpaddedBase64.Encode(Encoding.UTF8.GetBytes(text)));
        Assert.True(UnpaddedBase64.TryDecode(encoded, out var bytes));
        Assert.Equal(text, Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public void Encode_LastTwoDigits_DependOnTheAlphabet()
    {
        Assert.Equal("++//", UnpaddedBase64.Encode([0xFB, 0xEF, 0xFF]));
        Assert.Equal("--__", UnpaddedBase64.EncodeUrlSafe([0xFB, 0xEF, 0xFF]));
    }

    [Fact]
    public void TryDecode_PaddedText_IsAccepted() => Assert.True(UnpaddedBase64.TryDecode("Zg==", out _));

    [Theory]
    [InlineData("Z")]
    [InlineData("Zm9*")]
    [InlineData("Zm9v ")]
    [InlineData("Zm 9v")]
    [InlineData("Zh")]
    [InlineData("Zg=")]
    [InlineData("Zg===")]
    [InlineData("Zm9v====")]
    public void TryDecode_OtherText_IsRefused(string text) => Assert.False(UnpaddedBase64.TryDecode(text, out _));
}
