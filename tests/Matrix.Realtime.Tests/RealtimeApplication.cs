using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Serilog;

namespace Matrix.Realtime.Tests;

/// <summary>The whole server on one database, as its users see it.</summary>
internal sealed class RealtimeApplication : IAsyncDisposable
{
    private readonly Factory _factory;
    private readonly Database _database;
    private readonly RealtimeApplicationOptions _options;

    private RealtimeApplication(Factory factory, Database database, RealtimeApplicationOptions options)
    {
        _factory = factory;
        _database = database;
        _options = options;
        Anonymous = new MatrixClient(factory.CreateClient());
    }

    /// <summary>A client that has not logged in.</summary>
    public MatrixClient Anonymous { get; }

    /// <summary>Starts the server; the database outlives it.</summary>
    public static async Task<RealtimeApplication> StartAsync(
        Database database,
        RealtimeApplicationOptions? options = null)
    {
        options ??= new RealtimeApplicationOptions();
        var factory = new Factory(database, options);
        try
        {
            // Starting takes its time: migrations run before the server listens.
            await Task.Run(() => factory.Start(options.Listens));
            return new RealtimeApplication(factory, database, options);
        }
        catch
        {
            await factory.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops this server and starts another on the same database.</summary>
    public async Task<RealtimeApplication> RestartAsync(RealtimeApplicationOptions? options = null)
    {
        await DisposeAsync();
        return await StartAsync(_database, options ?? _options);
    }

    /// <summary>Creates an account and logs in to it.</summary>
    public Task<MatrixClient> RegisterAsync(string name, string? deviceId = null) =>
        Anonymous.RegisterAsync(name, deviceId);

    /// <summary>Logs in to an account that <see cref="RegisterAsync"/> created, on another device.</summary>
    public Task<MatrixClient> LoginAsync(string name, string? deviceId = null) => Anonymous.LoginAsync(name, deviceId);

    /// <summary>A client that presents this access token.</summary>
    public MatrixClient WithToken(string accessToken) => Anonymous.WithToken(accessToken);

    /// <summary>The session of a client of an earlier server on the same database, continued with this one.</summary>
    public MatrixClient Continue(MatrixClient client) => Anonymous.WithSessionOf(client);

    /// <summary>Stops the server and fails when it logged a failure of its own.</summary>
    public async ValueTask DisposeAsync()
    {
        await _factory.DisposeAsync();
        var failures = string.Join('\n', _factory.Log.Failures);
        Assert.True(_options.ExpectsFailures || failures.Length == 0, failures);
    }

    private sealed class Factory(Database database, RealtimeApplicationOptions options) : WebApplicationFactory<Program>
    {
        public CollectingSink Log { get; } = new();

        public void Start(bool listens)
        {
            if (listens)
            {
                UseKestrel(0);
            }

            StartServer();
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment(options.Environment);
            builder.UseSetting("Matrix:Database:Provider", database.Provider);
            builder.UseSetting("ConnectionStrings:Matrix", database.ConnectionString);

            // Somebody who comes or goes ends the waits of all others, which is what few tests are about.
            builder.UseSetting("Matrix:Presence:Enabled", "false");
            foreach (var (name, value) in options.Settings)
            {
                builder.UseSetting(name, value);
            }

            builder.ConfigureTestServices(services =>
            {
                services.AddSerilog(logger => logger.MinimumLevel.Error().WriteTo.Sink(Log), preserveStaticLogger: true);
                services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1);
                if (options.Time is not null)
                {
                    services.AddSingleton<TimeProvider>(options.Time);
                }

                options.Services?.Invoke(services);
            });
        }
    }
}
