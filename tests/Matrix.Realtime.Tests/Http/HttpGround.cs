using Matrix.Realtime.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Matrix.Realtime.Tests.Http;

/// <summary>A server of nothing but the HTTP layer, with endpoints of the test's own below the client prefix.</summary>
internal sealed class HttpGround : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HttpGround(WebApplication app, RecordingLoggerProvider log, HttpClient http)
    {
        _app = app;
        Log = log;
        Client = new MatrixClient(http, KnownTokens.Alice);
        Anonymous = new MatrixClient(http);
    }

    /// <summary>A client whose token is known.</summary>
    public MatrixClient Client { get; }

    /// <summary>A client without a token.</summary>
    public MatrixClient Anonymous { get; }

    public RecordingLoggerProvider Log { get; }

    /// <summary>The port, where the transport is a real one.</summary>
    public int Port => new Uri(_app.Urls.Single()).Port;

    public static async Task<HttpGround> StartAsync(
        Action<RouteGroupBuilder> map,
        Transport transport = Transport.Memory,
        Action<RealtimeOptions>? options = null,
        Action<IServiceCollection>? services = null,
        Action<IEndpointRouteBuilder>? mapOutside = null)
    {
        var log = new RecordingLoggerProvider();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Debug);
        builder.Services.Configure(options ?? (_ => { }));
        builder.Services.AddMatrixHttp();
        builder.Services.AddSingleton<IAccessTokenVerifier, KnownTokens>();
        builder.Services.AddSingleton<IDeviceSightings, NoSightings>();
        services?.Invoke(builder.Services);
        if (transport == Transport.Kestrel)
        {
            builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        }
        else
        {
            builder.WebHost.UseTestServer();
        }

        var app = builder.Build();
        app.UseMatrixHttp();
        map(app.MapMatrixClientGroup());
        mapOutside?.Invoke(app);
        await app.StartAsync();
        return new HttpGround(app, log, CreateClient(app, transport));
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static HttpClient CreateClient(WebApplication app, Transport transport) =>
        transport == Transport.Kestrel
            ? new HttpClient { BaseAddress = new Uri(app.Urls.Single()) }
            : app.GetTestClient();
}
