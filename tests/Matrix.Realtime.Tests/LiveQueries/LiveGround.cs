using Matrix.Realtime.Hosting;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.LiveQueries;
using Matrix.Realtime.Tests.Databases;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Matrix.Realtime.Tests.LiveQueries;

/// <summary>A server on a database of its own, and what code in its process can have injected.</summary>
internal sealed class LiveGround : IAsyncDisposable
{
    /// <summary>Only a change that never comes takes as long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly RealtimeApplicationOptions _options;

    private LiveGround(Database database, RealtimeApplicationOptions options)
    {
        Database = database;
        _options = options with
        {
            Services = services =>
            {
                services.AddSingleton<IHostedService>(provider => new Attachment(this, provider));
                options.Services?.Invoke(services);
            },
        };
    }

    public Database Database { get; }

    public RealtimeApplication Server { get; private set; } = null!;

    public IServiceProvider Services { get; private set; } = null!;

    public ILiveQueries Live => Services.GetRequiredService<ILiveQueries>();

    public IUserActions Users => Services.GetRequiredService<IUserActions>();

    public static async Task<LiveGround> StartAsync(DatabaseKind kind, RealtimeApplicationOptions? options = null)
    {
        var ground = new LiveGround(await TestDatabase.CreateAsync(kind), options ?? new RealtimeApplicationOptions());
        ground.Server = await RealtimeApplication.StartAsync(ground.Database, ground._options);
        return ground;
    }

    public Task<MatrixClient> RegisterAsync(string name) => Server.RegisterAsync(name);

    /// <summary>Starts the server again and returns the same sessions on it.</summary>
    public async Task<IReadOnlyList<MatrixClient>> RestartAsync(params MatrixClient[] clients)
    {
        Server = await Server.RestartAsync();
        return [.. clients.Select(Server.Continue)];
    }

    /// <summary>
    /// What a watch yields before a change that the test knows to come: of everybody, or as a user sees it.
    /// </summary>
    public async Task<List<LiveChange>> WatchAsync(
        LiveQuery query, StreamPosition from, Func<LiveChange, bool> isLast, MatrixClient? user = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        var changes = user is null
            ? Live.WatchAsync(query, from, patience.Token)
            : Live.WatchAsync(UserId.Parse(user.UserId), query, from, patience.Token);
        return await changes.TakeWhile(change => !isLast(change)).ToListAsync();
    }

    /// <summary>The same up to a message of that text.</summary>
    public Task<List<LiveChange>> WatchAsync(
        LiveQuery query, StreamPosition from, string lastMessage, MatrixClient? user = null) =>
        WatchAsync(query, from, change => TextOf(change) == lastMessage, user);

    /// <summary>The present values, of everybody or as a user sees them.</summary>
    public async Task<List<LiveChange>> SnapshotAsync(LiveQuery query, StreamPosition at, MatrixClient? user = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        var values = user is null
            ? Live.SnapshotAsync(query, at, patience.Token)
            : Live.SnapshotAsync(UserId.Parse(user.UserId), query, at, patience.Token);
        return await values.ToListAsync();
    }

    /// <summary>What a message says; null of everything else.</summary>
    public static string? TextOf(LiveChange change) =>
        change is LiveEvent { Type: "m.room.message", Content: var content }
        && content.TryGetProperty("body", out var body)
            ? body.GetString()
            : null;

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Database.DisposeAsync();
    }

    private sealed class Attachment(LiveGround ground, IServiceProvider services) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            ground.Services = services;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
