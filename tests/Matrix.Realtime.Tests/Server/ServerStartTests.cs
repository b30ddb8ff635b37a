using System.Net;
using System.Net.Sockets;
using Matrix.Realtime.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serilog;
using Serilog.Events;

namespace Matrix.Realtime.Tests.Server;

public sealed class ServerStartTests
{
    private readonly CollectingSink _log = new();

    [Fact]
    public async Task Start_OnAddressThatIsTaken_IsRefusedInOneMessage()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        await using var app = Build($"http://{other.LocalEndpoint}");

        Assert.False(await app.TryStartAsync());

        AssertOneMessage("address already in use");
    }

    [Fact]
    public async Task Start_WithWrongSettings_NamesAllInOneMessage()
    {
        await using var app = Build("http://127.0.0.1:0", services => services
            .AddOptions<RealtimeOptions>()
            .Validate(_ => false, "This is wrong.")
            .Validate(_ => false, "That is wrong, too.")
            .ValidateOnStart());

        Assert.False(await app.TryStartAsync());

        AssertOneMessage("This is wrong. That is wrong, too.");
    }

    [Fact]
    public async Task Start_WithFaultOfTheProgram_Throws()
    {
        await using var app = Build("http://127.0.0.1:0", services => services
            .AddOptions<RealtimeOptions>()
            .Validate(_ => throw new NotSupportedException("It broke."))
            .ValidateOnStart());

        await Assert.ThrowsAsync<NotSupportedException>(() => app.TryStartAsync());
    }

    private void AssertOneMessage(string reason)
    {
        var entry = Assert.Single(_log.Entries, entry => entry.Level >= LogEventLevel.Error);
        Assert.Contains(reason, entry.RenderMessage(), StringComparison.Ordinal);
        Assert.Null(entry.Exception);
    }

    private WebApplication Build(string url, Action<IServiceCollection>? configure = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(url);
        builder.Services.AddSerilog(
            logger => logger.ReadFromSettings(new ConfigurationBuilder().Build()).WriteTo.Sink(_log),
            preserveStaticLogger: true);
        configure?.Invoke(builder.Services);
        return builder.Build();
    }
}
