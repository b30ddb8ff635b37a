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
    [InlineData(1, 0)]
    [InlineData(123, 45)]
    [InlineData(long.MaxValue, long.MaxValue - 1)]
    public void Token_WithMessagesLeft_KeepsBothPositions(long position, long lastToDevice)
    {
        var token = StreamToken.Parse(new StreamToken(new(position), new(lastToDevice)).ToString(), "since");

        Assert.Equal((position, lastToDevice), (token.Position.Value, token.ToDevice.Value));
        Assert.Equal(position, StreamToken.Parse($"s{position}", "since").ToDevice.Value);
    }

    [Theory]
    [InlineData("s5_")]
    [InlineData("s_5")]
    [InlineData("s5_5")]
    [InlineData("s5_6")]
    [InlineData("s5_4_3")]
    [InlineData("s5_-4")]
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
