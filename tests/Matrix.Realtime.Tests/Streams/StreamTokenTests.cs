using Matrix.Realtime.Errors;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Tests.Streams;

public sealed class StreamTokenTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(long.MaxValue)]
    public void Token_WrittenAndParsed_IsTheSame(long position) =>
        Assert.Equal(position, StreamToken.Parse(new StreamToken(new(position)).ToString(), "since").Position.Value);

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("1")]
    [InlineData("s-1")]
    [InlineData("s 1")]
    [InlineData("s+1")]
    [InlineData("s1x")]
    [InlineData("S1")]
    [InlineData("s9223372036854775808")]
    public void Token_OfAnotherForm_IsRefused(string text)
    {
        Assert.False(StreamToken.TryParse(text, out _));
        var refusal = Assert.Throws<MatrixException>(() => StreamToken.Parse(text, "since"));
        Assert.Equal(MatrixErrorCodes.InvalidParam, refusal.ErrorCode);
    }
}
