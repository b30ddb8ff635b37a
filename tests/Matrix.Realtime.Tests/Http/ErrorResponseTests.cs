using System.Net;
using Matrix.Realtime.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Matrix.Realtime.Tests.Http;

/// <summary>GEN-1, GEN-4, GEN-6.</summary>
public sealed class ErrorResponseTests
{
    [Theory, AllTransports]
    public async Task Refusal_Thrown_AnswersStandardErrorWithDetails(Transport transport)
    {
        await using var ground = await HttpGround.StartAsync(Map, transport);

        var response = await ground.Client.GetAsync("refused");

        var body = response.ExpectError(HttpStatusCode.Forbidden, "M_FORBIDDEN");
        Assert.Equal("Go \"away\" ✋", (string?)body["error"]);
        Assert.Equal(["errcode", "error", "soft_logout", "limit", "name"], body.Select(property => property.Key));
        Assert.True((bool)body["soft_logout"]!);
        Assert.Equal(5, (int)body["limit"]!);
        Assert.Equal("application/json; charset=utf-8", response.ContentType?.ToString());
        Assert.DoesNotContain(ground.Log.Entries, entry => entry.Level > LogLevel.Information);
    }

    [Fact]
    public async Task UnknownException_Thrown_AnswersFixedTextAndLogsOnce()
    {
        await using var ground = await HttpGround.StartAsync(Map);

        var body = await ground.Client.GetAsync("broken")
            .ExpectErrorAsync(HttpStatusCode.InternalServerError, "M_UNKNOWN");

        Assert.DoesNotContain("secret", body.ToJsonString(), StringComparison.Ordinal);
        Assert.Single(ground.Log.Entries, entry => entry.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Request_AbortedByClient_LogsNoError()
    {
        var entered = new TaskCompletionSource();
        var left = new TaskCompletionSource();
        await using var ground = await HttpGround.StartAsync(
            group => group.MapGet("/waiting", async (CancellationToken cancellationToken) =>
            {
                entered.SetResult();
                try
                {
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                }
                finally
                {
                    left.SetResult();
                }
            }),
            Transport.Kestrel);
        using var abort = new CancellationTokenSource();

        var request = ground.Client.GetAsync("waiting", abort.Token);
        await entered.Task;
        await abort.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await left.Task;
        await ground.DisposeAsync();

        Assert.DoesNotContain(ground.Log.Entries, entry => entry.Level >= LogLevel.Warning);
    }

    [Theory]
    [InlineData("/_matrix")]
    [InlineData("/_matrix/")]
    [InlineData("/_matrix/client/v3/nothing")]
    [InlineData("/_matrix/client/v3/refused/below")]
    [InlineData("/_matrix/client/v99/refused")]
    [InlineData("/_matrix/client/v1/auth_metadata")]
    [InlineData("/_matrix/client/unstable/org.matrix.msc2965/auth_metadata")]
    [InlineData("/_matrix/federation/v1/version")]
    [InlineData("/.well-known/matrix/support")]
    public async Task Path_Unknown_AnswersUnrecognized(string path)
    {
        await using var ground = await HttpGround.StartAsync(Map);

        await ground.Anonymous.GetAsync(path).ExpectErrorAsync(HttpStatusCode.NotFound, "M_UNRECOGNIZED");
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task Method_UnknownForPath_AnswersUnrecognized(string method)
    {
        await using var ground = await HttpGround.StartAsync(Map);

        var response = await ground.Anonymous.SendAsync(new HttpMethod(method), "refused", null);

        response.ExpectError(HttpStatusCode.MethodNotAllowed, "M_UNRECOGNIZED");
    }

    [Fact]
    public async Task Path_OfHost_IsLeftAlone()
    {
        await using var ground = await HttpGround.StartAsync(Map);

        var response = await ground.Anonymous.GetAsync("/elsewhere");

        Assert.Equal(HttpStatusCode.NotFound, response.Status);
        Assert.Empty(response.Text);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/refused", void () => throw new MatrixException(403, "M_FORBIDDEN", "Go \"away\" ✋")
        {
            Details = new Dictionary<string, object> { ["soft_logout"] = true, ["limit"] = 5, ["name"] = "a\"b" },
        });
        group.MapGet("/broken", void () => throw new InvalidOperationException("a secret"));
    }
}
