using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Microsoft.Extensions.Time.Testing;

namespace Matrix.Realtime.Tests.Typing;

/// <summary>Two users in a room, and a clock that only the test moves.</summary>
internal sealed class TypingScene : IAsyncDisposable
{
    private readonly Database _database;
    private RealtimeApplication _app;

    private TypingScene(Database database, RealtimeApplication app, FakeTimeProvider time)
    {
        _database = database;
        _app = app;
        Time = time;
    }

    public FakeTimeProvider Time { get; }

    public RealtimeApplication App => _app;

    public MatrixClient Alice { get; private set; } = null!;

    public MatrixClient Bob { get; private set; } = null!;

    public string Room { get; private set; } = "";

    /// <summary>How far Bob has synced.</summary>
    public string Since { get; set; } = "";

    public static async Task<TypingScene> SetAsync(DatabaseKind kind, RealtimeApplicationOptions? options = null)
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse("2026-01-01T00:00:00Z"));
        var database = await TestDatabase.CreateAsync(kind);
        var app = await RealtimeApplication.StartAsync(
            database, (options ?? new RealtimeApplicationOptions()) with { Time = time });
        var scene = new TypingScene(database, app, time);
        scene.Alice = await app.RegisterAsync("alice");
        scene.Bob = await app.RegisterAsync("bob");
        scene.Room = await scene.Alice.CreateRoomAsync();
        await scene.Bob.JoinAsync(scene.Room);
        scene.Since = (string)(await scene.Bob.SyncAsync())["next_batch"]!;
        return scene;
    }

    /// <summary>Bob polls on from where he was, and says who types; null when the answer does not tell.</summary>
    public async Task<IReadOnlyList<string>?> PollAsync(int timeout = 30_000)
    {
        var sync = await Bob.SyncAsync(Since, timeout);
        Since = (string)sync["next_batch"]!;
        return TypistsIn(sync, Room);
    }

    public static IReadOnlyList<string>? TypistsIn(JsonObject sync, string room)
    {
        var events = sync["rooms"]?["join"]?[room]?["ephemeral"]?["events"]?.AsArray() ?? [];
        var typing = events.SingleOrDefault(entry => (string?)entry!["type"] == "m.typing");
        return typing?["content"]!["user_ids"]!.AsArray().Select(user => (string)user!).ToList();
    }

    /// <summary>Writes account data of Bob's, which ends his poll whatever it waits for.</summary>
    public Task SetBobsDataAsync(string type, JsonObject content) =>
        Bob.PutAsync($"user/{MatrixClient.Escape(Bob.UserId)}/account_data/{type}", content).ExpectAsync();

    public string TypingPath(MatrixClient user) =>
        $"rooms/{MatrixClient.Escape(Room)}/typing/{MatrixClient.Escape(user.UserId)}";

    public async Task RestartAsync()
    {
        _app = await _app.RestartAsync();
        Alice = _app.Anonymous.As(Alice);
        Bob = _app.Anonymous.As(Bob);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }
}
