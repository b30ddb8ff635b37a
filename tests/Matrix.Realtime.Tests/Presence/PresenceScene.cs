using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Sync;
using Matrix.Realtime.Tests.Typing;
using Microsoft.Extensions.Time.Testing;

namespace Matrix.Realtime.Tests.Presence;

/// <summary>
/// Two users in a room, and a clock that only the test moves. Nobody has synced yet; changes of presence end waits at once.
/// </summary>
internal sealed class PresenceScene : IAsyncDisposable
{
    private PresenceScene(SyncGround ground, FakeTimeProvider time, CommitCounter commits)
    {
        Ground = ground;
        Time = time;
        Commits = commits;
    }

    public SyncGround Ground { get; }

    public FakeTimeProvider Time { get; }

    public CommitCounter Commits { get; }

    public MatrixClient Alice { get; private set; } = null!;

    public MatrixClient Bob { get; private set; } = null!;

    public string Room { get; private set; } = "";

    public static async Task<PresenceScene> SetAsync(DatabaseKind kind, params (string Name, string Value)[] settings)
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse("2026-01-01T00:00:00Z"));
        var commits = new CommitCounter();
        var values = new Dictionary<string, string?>
        {
            ["Matrix:Presence:Enabled"] = "true",
            ["Matrix:Presence:WakeWithin"] = "00:00:00",
        };
        foreach (var (name, value) in settings)
        {
            values[$"Matrix:Presence:{name}"] = value;
        }

        var ground = await SyncGround.StartAsync(
            kind, new RealtimeApplicationOptions { Time = time, Settings = values, Services = commits.Install });
        var scene = new PresenceScene(ground, time, commits)
        {
            Alice = await ground.RegisterAsync("alice"),
            Bob = await ground.RegisterAsync("bob"),
        };
        scene.Room = await SyncGround.CreateSharedRoomAsync(scene.Alice, scene.Bob);
        return scene;
    }

    public async Task RestartAsync()
    {
        var clients = await Ground.RestartAsync(Alice, Bob);
        (Alice, Bob) = (clients[0], clients[1]);
    }

    /// <summary>Polls without counting as being there.</summary>
    public static Task<JsonObject> WatchAsync(MatrixClient client, string? since = null, int timeout = 0) =>
        SyncAsync(client, "offline", since, timeout);

    public static Task<JsonObject> SyncAsync(
        MatrixClient client, string setPresence, string? since = null, int timeout = 0, string? filter = null) =>
        client.GetAsync(
            $"sync?set_presence={setPresence}&timeout={timeout}"
            + (since is null ? "" : $"&since={since}")
            + (filter is null ? "" : $"&filter={MatrixClient.Escape(filter)}")).ExpectAsync();

    /// <summary>Polls on until the user's presence comes, and takes the token of that answer along.</summary>
    public static async Task<(JsonObject Content, string Since)> ExpectAsync(
        MatrixClient watcher, string since, MatrixClient user)
    {
        while (true)
        {
            var sync = await WatchAsync(watcher, since, 30_000);
            since = (string)sync["next_batch"]!;
            if (Of(sync, user) is { } content)
            {
                return (content, since);
            }
        }
    }

    /// <summary>What a sync says of a user's presence; null when it says nothing.</summary>
    public static JsonObject? Of(JsonObject sync, MatrixClient user)
    {
        SyncShape.Check(sync);
        var events = sync["presence"]?["events"]?.AsArray() ?? [];
        var own = events.SingleOrDefault(found => (string)found!["sender"]! == user.UserId);
        Assert.All(events, found => Assert.Equal("m.presence", (string)found!["type"]!));
        return own?["content"]!.AsObject();
    }

    public static Task SetAsync(MatrixClient client, string presence, string? statusMessage = null) =>
        client.PutAsync(PathOf(client), Body(presence, statusMessage)).ExpectAsync();

    public static Task<JsonObject> GetAsync(MatrixClient client, MatrixClient user) =>
        client.GetAsync(PathOf(user)).ExpectAsync();

    public static Task RefuseAsync(Task<MatrixResponse> response, HttpStatusCode status, string errorCode) =>
        response.ExpectErrorAsync(status, errorCode);

    public static string PathOf(MatrixClient user) => $"presence/{MatrixClient.Escape(user.UserId)}/status";

    public static JsonObject Body(string presence, string? statusMessage = null)
    {
        JsonObject body = new() { ["presence"] = presence };
        if (statusMessage is not null)
        {
            body["status_msg"] = statusMessage;
        }

        return body;
    }

    public ValueTask DisposeAsync() => Ground.DisposeAsync();
}
