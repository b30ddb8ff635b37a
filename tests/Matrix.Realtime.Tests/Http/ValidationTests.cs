using System.Net;
using System.Text.Json.Serialization;
using FluentValidation;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Matrix.Realtime.Tests.Http;

public sealed class ValidationTests
{
    [Theory]
    [InlineData("validated")]
    [InlineData("optional")]
    public async Task Body_AgainstRule_AnswersCodeOfRule(string path)
    {
        await using var ground = await StartAsync();

        await Post(ground, path, """{"timeout":1}""").ExpectAsync();
        var negative = await Post(ground, path, """{"timeout":-1}""")
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_WEAK_PASSWORD");
        await Post(ground, path, """{"timeout":100}""").ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");

        Assert.Equal("Too weak.", (string?)negative["error"]);
    }

    [Fact]
    public async Task Body_WithoutValidator_Passes()
    {
        await using var ground = await StartAsync();

        await Post(ground, "free", """{"timeout":-1}""").ExpectAsync();
    }

    private static Task<MatrixResponse> Post(HttpGround ground, string path, string body) =>
        ground.Client.SendAsync(HttpMethod.Post, path, MatrixClient.JsonContent(body));

    private static Task<HttpGround> StartAsync() => HttpGround.StartAsync(
        Map,
        services: services => services.AddSingleton<IValidator<Request>, RequestValidator>());

    private static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/validated", (JsonBody<Request> body) => EmptyResponse.Ok);
        group.MapPost("/optional", (CancellationToken cancellationToken, OptionalJsonBody<Request> body) => EmptyResponse.Ok);
        group.MapPost("/free", (JsonBody<Unvalidated> body) => EmptyResponse.Ok);
    }

    private sealed record Request
    {
        [JsonPropertyName("timeout")]
        public int Timeout { get; init; }
    }

    private sealed record Unvalidated
    {
        [JsonPropertyName("timeout")]
        public int Timeout { get; init; }
    }

    private sealed class RequestValidator : AbstractValidator<Request>
    {
        public RequestValidator()
        {
            RuleFor(request => request.Timeout)
                .GreaterThanOrEqualTo(0).WithErrorCode(MatrixErrorCodes.WeakPassword).WithMessage("Too weak.")
                .LessThan(10);
        }
    }
}
