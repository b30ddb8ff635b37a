using System.Buffers;
using System.Text;
using Matrix.Realtime.Filters;

namespace Matrix.Realtime.Tests.Filters;

// FLT-16
public sealed class EventFieldsTests
{
    private const string Event = """
        {"content":{"a.b":[1,{"c":2}],"b\\c":"}","body":"\"}","deep":{"er":{"x":1,"y":2}},"":0},"t\u0079pe":"t",
         "n":null}
        """;

    [Theory]
    [InlineData("type", """{"t\u0079pe":"t"}""")]
    [InlineData("n type", """{"t\u0079pe":"t","n":null}""")]
    [InlineData("content.body", """{"content":{"body":"\"}"}}""")]
    [InlineData("content.deep.er.y content.body", """{"content":{"body":"\"}","deep":{"er":{"y":2}}}}""")]
    [InlineData("content.deep.er.y content.deep", """{"content":{"deep":{"er":{"x":1,"y":2}}}}""")]
    [InlineData("content.deep content.deep.er.y", """{"content":{"deep":{"er":{"x":1,"y":2}}}}""")]
    [InlineData(@"content.a\.b", """{"content":{"a.b":[1,{"c":2}]}}""")]
    [InlineData(@"content.a.b", """{"content":{}}""")]
    [InlineData(@"content.a\.b.1.c", """{"content":{}}""")]
    [InlineData(@"content.b\\c", """{"content":{"b\\c":"}"}}""")]
    [InlineData(@"content.b\c", """{"content":{"b\\c":"}"}}""")]
    [InlineData("content.", """{"content":{"":0}}""")]
    [InlineData("content.body.x type.y n.z", """{"content":{}}""")]
    [InlineData("Type other", "{}")]
    public void Copy_SomePaths_LeavesWhatTheyName(string paths, string expected) =>
        Assert.Equal(expected, Copy(paths.Split(' ')));

    [Fact]
    public void Copy_NoPath_LeavesNothing() => Assert.Equal("{}", Copy([]));

    [Fact]
    public void Copy_PathDeeperThanTheEvent_Ends() =>
        Assert.Equal("{}", Copy([string.Join('.', Enumerable.Repeat("n", 30_000))]));

    private static string Copy(string[] paths)
    {
        var output = new ArrayBufferWriter<byte>();
        EventFields.Parse(paths).Copy(Encoding.UTF8.GetBytes(Event), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
