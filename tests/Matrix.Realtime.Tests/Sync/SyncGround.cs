using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Sync;

/// <summary>A server on a database of its own, with an inside view of its live state.</summary>
internal sealed class SyncGround : IAsyncDisposable
{
    private readonly Database _database;
    private readonly RealtimeApplicationOptions _options;

    private SyncGround(Database database, RealtimeApplicationOptions options)
    {
        _database = database;
        _options = options with
        {
            Services = services =>
            {
                Live.AttachTo(services);
                options.Services?.Invoke(services);
            },
        };
    }

    public RealtimeApplication Server { get; private set; } = null!;

    public LiveProbe Live { get; } = new();

    public static async Task<SyncGround> StartAsync(DatabaseKind kind, RealtimeApplicationOptions? options = null)
    {
        var ground = new SyncGround(await TestDatabase.CreateAsync(kind), options ?? new RealtimeApplicationOptions());
        ground.Server = await RealtimeApplication.StartAsync(ground._database, ground._options);
        return ground;
    }

    public Task<MatrixClient> RegisterAsync(string name, string? deviceId = null) => Server.RegisterAsync(name, deviceId);

    /// <summary>Starts the server again and returns the same sessions on it.</summary>
    public async Task<IReadOnlyList<MatrixClient>> RestartAsync(params MatrixClient[] clients)
    {
        Server = await Server.RestartAsync();
        return [.. clients.Select(Server.Continue)];
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>A private room with the inviter's guests already joined.</summary>
    public static async Task<string> CreateSharedRoomAsync(MatrixClient owner, params MatrixClient[] others)
    {
        var roomId = await owner.CreateRoomAsync(new JsonObject { ["preset"] = "public_chat" });
        foreach (var other in others)
        {
            await other.JoinAsync(roomId);
        }

        return roomId;
    }
}
