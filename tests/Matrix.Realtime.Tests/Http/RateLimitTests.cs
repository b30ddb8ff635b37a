using System.Net;
using Matrix.Realtime.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.Tests.Http;

/// <summary>GEN-8.</summary>
public sealed class RateLimitTests
{
    [Theory, AllTransports]
    public async Task Call_OverLimit_IsToldWhenToRetry(Transport transport)
    {
        await using var ground = await HttpGround.StartAsync(Map, transport, options =>
        {
            options.Typing.RateLimit.PermitLimit = 2;
            options.Typing.RateLimit.Window = TimeSpan.FromHours(1);
        });
        await ground.Client.GetAsync("limited").ExpectAsync();
        await ground.Client.GetAsync("limited").ExpectAsync();

        var response = await ground.Client.GetAsync("limited");

        var body = response.ExpectError(HttpStatusCode.TooManyRequests, "M_LIMIT_EXCEEDED");
        var milliseconds = (long)body["retry_after_ms"]!;
        Assert.InRange(milliseconds, 1, 3_600_000);
        Assert.Equal(TimeSpan.FromSeconds((milliseconds + 999) / 1000), response.Headers.RetryAfter?.Delta);
        await ground.Client.WithToken(KnownTokens.Bob).GetAsync("limited").ExpectAsync();
    }

    [Fact]
    public async Task Call_WithoutLimit_IsNeverRefused()
    {
        await using var ground = await HttpGround.StartAsync(Map);
        for (var i = 0; i < 100; i++)
        {
            await ground.Client.GetAsync("limited").ExpectAsync();
        }
    }

    private static void Map(RouteGroupBuilder group) =>
        group.MapGet("/limited", () => EmptyResponse.Ok).RequireRateLimiting(TypingRateLimitPolicy.Name);
}
