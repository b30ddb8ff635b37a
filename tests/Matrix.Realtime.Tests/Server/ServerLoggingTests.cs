using Matrix.Realtime.Http;
using Matrix.Realtime.Server;
using Matrix.Realtime.Tests.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Serilog;
using Serilog.Events;

namespace Matrix.Realtime.Tests.Server;

/// <summary>GEN-3: tokens never reach the log.</summary>
public sealed class ServerLoggingTests
{
    [Fact]
    public async Task Token_InQuery_IsNotLoggedHoweverVerboseTheSettings()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Serilog:MinimumLevel:Default"] = "Verbose",
            ["Serilog:MinimumLevel:Override:Microsoft.AspNetCore"] = "Verbose",
            ["Serilog:MinimumLevel:Override:Microsoft.AspNetCore.Hosting.Diagnostics"] = "Verbose",
        };
        var sink = new CollectingSink();
        await using (var ground = await HttpGround.StartAsync(
            group =>
            {
                group.MapGet("/fine", () => EmptyResponse.Ok);
                group.MapGet("/broken", void () => throw new InvalidOperationException("It broke."));
                group.MapGet("/bound/{number}", (int number) => EmptyResponse.Ok);
            },
            Transport.Kestrel,
            services: services => services.AddSerilog(
                logger => logger
                    .ReadFromSettings(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
                    .WriteTo.Sink(sink),
                preserveStaticLogger: true)))
        {
            foreach (var path in new[] { "fine", "broken", "bound/none", "nothing" })
            {
                await ground.Anonymous.GetAsync($"{path}?access_token={KnownTokens.Alice}");
                await ground.Client.PostAsync($"{path}?access_token={KnownTokens.Alice}");
            }
        }

        var entries = sink.Entries.Select(Render).ToList();
        Assert.Contains(entries, entry => entry.Contains("It broke.", StringComparison.Ordinal));
        Assert.Contains(entries, entry => entry.Contains("/_matrix/client/v3/fine", StringComparison.Ordinal));
        Assert.DoesNotContain(entries, entry => entry.Contains(KnownTokens.Alice, StringComparison.Ordinal));
    }

    private static string Render(LogEvent entry) =>
        $"{entry.RenderMessage()} {entry.Exception} {string.Join(' ', entry.Properties)}";
}
