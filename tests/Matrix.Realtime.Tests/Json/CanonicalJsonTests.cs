using System.Text;
using System.Text.Json;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Json;

namespace Matrix.Realtime.Tests.Json;

/// <summary>The encoding of appendices, "Canonical JSON", with the examples given there.</summary>
public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("""{ "one": 1, "two": "Two" }""", """{"one":1,"two":"Two"}""")]
    [InlineData("""{"b":"2","a":"1"}""", """{"a":"1","b":"2"}""")]
    [InlineData("""{"y":{"d":[{"b":1,"a":[]}],"c":true},"x":0}""", """{"x":0,"y":{"c":true,"d":[{"a":[],"b":1}]}}""")]
    [InlineData("""{"a":null,"b":false}""", """{"a":null,"b":false}""")]
    [InlineData("""{"a":"日本語"}""", """{"a":"日本語"}""")]
    [InlineData("""{"本":2,"日":1}""", """{"日":1,"本":2}""")]
    [InlineData("""{"a":"\u65E5"}""", """{"a":"日"}""")]
    [InlineData("""{"a":-0}""", """{"a":0}""")]
    [InlineData("""[9007199254740991,-9007199254740991]""", """[9007199254740991,-9007199254740991]""")]
    public void Serialize_AnyValue_SortsAndShortens(string json, string expected) =>
        Assert.Equal(expected, Serialize(json));

    [Fact]
    public void Serialize_SupplementaryKeys_SortsByCodePointNotByUtf16() =>
        Assert.Equal("{\"\uFF5E\":1,\"\U0001F600\":2}", Serialize("{\"\U0001F600\":2,\"\uFF5E\":1}"));

    [Fact]
    public void Serialize_RepeatedKey_TakesTheLast() =>
        Assert.Equal("""{"a":2}""", Serialize("""{"a":1,"\u0061":2}"""));

    [Theory]
    [InlineData("""["\b\t\n\f\r\"\\\/"]""", """["\b\t\n\f\r\"\\/"]""")]
    [InlineData("""["\u0000\u001F\u000b\u007f\u2028<"]""", "[\"\\u0000\\u001f\\u000b\u007f\u2028<\"]")]
    [InlineData("""["\uD83D\uDE00"]""", "[\"\U0001F600\"]")]
    public void Serialize_EscapedString_UsesShortestForm(string json, string expected) =>
        Assert.Equal(expected, Serialize(json));

    [Theory]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData("0.5")]
    [InlineData("-0.0")]
    [InlineData("9007199254740992")]
    [InlineData("-9007199254740992")]
    [InlineData("99999999999999999999")]
    [InlineData("\"\\uD83D\"")]
    [InlineData("{\"\\uD83D\":1}")]
    public void Serialize_ForbiddenValue_ThrowsBadJson(string json)
    {
        var exception = Assert.Throws<MatrixException>(() => Serialize($$"""{"a":[{{json}}]}"""));

        Assert.Equal(MatrixErrorCodes.BadJson, exception.ErrorCode);
    }

    [Fact]
    public void Serialize_InvalidUtf8_ThrowsBadJson()
    {
        using var document = JsonDocument.Parse(new byte[] { (byte)'"', 0xFF, (byte)'"' });

        Assert.Throws<MatrixException>(() => CanonicalJson.Serialize(document.RootElement));
    }

    private static string Serialize(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Encoding.UTF8.GetString(CanonicalJson.Serialize(document.RootElement));
    }
}
