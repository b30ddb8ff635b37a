using System.Net;
using System.Text;
using System.Text.Json.Serialization;
using Matrix.Realtime.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.Tests.Http;

/// <summary>GEN-5, GEN-6, GEN-7.</summary>
public sealed class BodyBindingTests
{
    [Theory, AllTransports]
    public async Task Body_OfRightShape_IsBound(Transport transport)
    {
        await using var ground = await HttpGround.StartAsync(Map, transport);

        var echo = await Post(ground, "typed", """{"typing":true,"timeout":30000,"unknown":[]}""").ExpectAsync();

        Assert.True((bool)echo["typing"]!);
        Assert.Equal(30000, (int)echo["timeout"]!);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=iso-8859-1")]
    public async Task ContentType_MissingOrForeign_IsAccepted(string? contentType)
    {
        await using var ground = await HttpGround.StartAsync(Map, Transport.Kestrel);
        var content = new ByteArrayContent("""{"typing":true}"""u8.ToArray());
        if (contentType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        await ground.Client.SendAsync(HttpMethod.Post, "typed", content).ExpectAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("hello")]
    [InlineData("""{"typing":true,}""")]
    [InlineData("""{"typing":true} x""")]
    [InlineData("""{"typing":tru}""")]
    [InlineData("{'typing':true}")]
    [InlineData("""{"typing":true /* why */}""")]
    public async Task Body_NotJson_AnswersNotJson(string body)
    {
        await using var ground = await HttpGround.StartAsync(Map);
        foreach (var path in new[] { "typed", "object" })
        {
            await Post(ground, path, body).ExpectErrorAsync(HttpStatusCode.BadRequest, "M_NOT_JSON");
        }
    }

    [Fact]
    public async Task Body_NotUtf8_AnswersNotJson()
    {
        await using var ground = await HttpGround.StartAsync(Map);
        byte[] body = [.. "{\"typing\":true,\"a\":\""u8, 0xFF, .. "\"}"u8];
        foreach (var path in new[] { "typed", "object", "optional" })
        {
            await ground.Client.SendAsync(HttpMethod.Post, path, new ByteArrayContent(body))
                .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_NOT_JSON");
        }
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("\"text\"")]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"\udc00":1}""")]
    public async Task Body_NotAnObjectOfUnicode_AnswersBadJson(string body)
    {
        await using var ground = await HttpGround.StartAsync(Map);
        foreach (var path in new[] { "typed", "object", "optional" })
        {
            await Post(ground, path, body).ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"Typing":true}""")]
    [InlineData("""{"typing":"true"}""")]
    [InlineData("""{"typing":null}""")]
    [InlineData("""{"typing":1}""")]
    [InlineData("""{"typing":true,"timeout":"30000"}""")]
    [InlineData("""{"typing":true,"timeout":1.5}""")]
    [InlineData("""{"typing":true,"timeout":99999999999999999999}""")]
    [InlineData("""{"typing":true,"name":null}""")]
    public async Task Body_OfWrongShape_AnswersBadJson(string body)
    {
        await using var ground = await HttpGround.StartAsync(Map);

        await Post(ground, "typed", body).ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");
    }

    [Theory, AllTransports]
    public async Task Body_Empty_CountsAsEmptyObjectWhereOptional(Transport transport)
    {
        await using var ground = await HttpGround.StartAsync(Map, transport);

        var echo = await ground.Client.PostAsync("optional").ExpectAsync();

        Assert.Equal("none", (string?)echo["reason"]);
    }

    [Fact]
    public async Task Object_WithDuplicateKeys_ArrivesByteForByte()
    {
        await using var ground = await HttpGround.StartAsync(Map);
        const string Body = """ {"b":1, "b":2,"\u00e9":"😀\ud83d\ude00","n":1e400} """;

        var response = await Post(ground, "object", Body);

        Assert.Equal(Body, response.Text);
    }

    [Theory, AllTransports]
    public async Task Body_LargerThanLimit_AnswersTooLarge(Transport transport)
    {
        await using var ground = await HttpGround.StartAsync(Map, transport, options => options.MaxRequestBytes = 65536);
        var fits = ObjectOfLength(65536);
        var exceeds = ObjectOfLength(65537);

        Assert.Equal(fits, (await Post(ground, "object", fits)).Text);
        await Post(ground, "object", exceeds).ExpectErrorAsync(HttpStatusCode.RequestEntityTooLarge, "M_TOO_LARGE");
        await ground.Client.SendAsync(HttpMethod.Post, "object", new ChunkedContent(exceeds))
            .ExpectErrorAsync(HttpStatusCode.RequestEntityTooLarge, "M_TOO_LARGE");
    }

    [Fact]
    public async Task Body_NestedDeeperThanLimit_AnswersBadJson()
    {
        await using var ground = await HttpGround.StartAsync(Map, options: options => options.MaxJsonDepth = 8);

        Assert.Equal(HttpStatusCode.OK, (await Post(ground, "object", Nested(8))).Status);
        await Post(ground, "object", Nested(9)).ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");
        await Post(ground, "object", Nested(100_000)).ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");
    }

    private static string ObjectOfLength(int length) => $$"""{"a":"{{new string('x', length - 8)}}"}""";

    private static string Nested(int depth) =>
        $$"""{"a":{{new string('[', depth - 1)}}{{new string(']', depth - 1)}}}""";

    private static Task<MatrixResponse> Post(HttpGround ground, string path, string body) =>
        ground.Client.SendAsync(HttpMethod.Post, path, MatrixClient.JsonContent(body));

    private static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/typed", (JsonBody<Typed> body) => TypedResults.Ok(body.Value));
        group.MapPost("/optional", (OptionalJsonBody<Optional> body) => TypedResults.Ok(body.Value));
        group.MapPost("/object", (JsonObjectBody body) => TypedResults.Bytes(body.Utf8, "application/json"));
    }

    private sealed record Typed
    {
        [JsonPropertyName("typing")]
        public required bool Typing { get; init; }

        [JsonPropertyName("timeout")]
        public int? Timeout { get; init; }

        [JsonPropertyName("name")]
        public string Name { get; init; } = "";
    }

    private sealed record Optional
    {
        [JsonPropertyName("reason")]
        public string Reason { get; init; } = "none";
    }

    private sealed class ChunkedContent(string text) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            stream.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
