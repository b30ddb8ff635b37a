using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Sync;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Matrix.Realtime.Tests.Presence;

/// <summary>
/// Two users in a room, and a clock that only the test moves. Bob watches without being seen: his syncs hide him.
/// </summary>
internal sealed class PresenceCircle : IAsyncDisposable
{
    /// <summary>Most tests of others do without presence.</summary>
    public static readonly IReadOnlyDictionary<string, string?> On =
        new Dictionary<string, string?> { ["Matrix:Presence:Enabled"] = "true" };

    /// <summary>Lets a poll wait on whatever its user and others do.</summary>
    private const string Deaf = """{"presence":{"types":[]},"room":{"rooms":[]}}""";

    private readonly SyncGround _ground;
    private readonly RequestCounter _requests;

    private PresenceCircle(SyncGround ground, RequestCounter requests, FakeTimeProvider time)
    {
        _ground = ground;
        _requests = requests;
        Time = time;
    }

    public FakeTimeProvider Time { get; }

    public RealtimeApplication Server => _ground.Server;

    public LiveProbe Live => _ground.Live;

    public MatrixClient Alice { get; private set; } = null!;

    public MatrixClient Bob { get; private set; } = null!;

    public string Room { get; private set; } = "";

    public static async Task<PresenceCircle> GatherAsync(DatabaseKind kind, RealtimeApplicationOptions? options = null)
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse("2026-01-01T00:00:00Z"));
        var requests = new RequestCounter();
        options ??= new() { Settings = On };
        var ground = await SyncGround.StartAsync(kind, options with
        {
            Time = time,
            Services = services =>
            {
                services.AddSingleton<IStartupFilter>(requests);
                options.Services?.Invoke(services);
            },
        });
        var circle = new PresenceCircle(ground, requests, time)
        {
            Alice = await ground.RegisterAsync("alice"),
            Bob = await ground.RegisterAsync("bob"),
        };
        circle.Room = await SyncGround.CreateSharedRoomAsync(circle.Alice, circle.Bob);
        return circle;
    }

    public static string PathOf(MatrixClient user) => $"presence/{MatrixClient.Escape(user.UserId)}/status";

    /// <summary>The presence of a user as another one reads it.</summary>
    public static Task<JsonObject> ReadAsync(MatrixClient reader, MatrixClient user) =>
        reader.GetAsync(PathOf(user)).ExpectAsync();

    public static Task SetAsync(MatrixClient user, string state, string? statusMsg = null)
    {
        JsonObject request = new() { ["presence"] = state };
        if (statusMsg is not null)
        {
            request["status_msg"] = statusMsg;
        }

        return user.PutAsync(PathOf(user), request).ExpectAsync();
    }

    /// <summary>Syncs without waiting, and without being seen unless told otherwise.</summary>
    public static Task<JsonObject> SyncAsync(
        MatrixClient user, string? since = null, string? setPresence = "offline", string? filter = null) =>
        user.GetAsync(SyncPath(since, setPresence, timeout: 0, filter)).ExpectAsync();

    /// <summary>The token after everything so far.</summary>
    public static async Task<string> CatchUpAsync(MatrixClient user) => (await SyncAsync(user)).NextBatch();

    /// <summary>What an answer to a sync says of the presence of a user, which it may do once.</summary>
    public static JsonObject? Find(JsonObject sync, MatrixClient user) =>
        Events(sync).SingleOrDefault(found => (string)found["sender"]! == user.UserId)?["content"]!.AsObject();

    public static List<JsonObject> Events(JsonObject sync) =>
        [.. (sync["presence"]?["events"]?.AsArray() ?? []).Select(found => found!.AsObject())];

    /// <summary>Begins a poll, one of so many of its user; it hears of nothing unless told to.</summary>
    public async Task<OpenPoll> OpenPollAsync(
        MatrixClient user,
        string? setPresence = null,
        string? since = null,
        TimeSpan? timeout = null,
        int count = 1,
        string? filter = null)
    {
        since ??= await CatchUpAsync(user);
        var waits = timeout ?? TimeSpan.FromMinutes(5);
        var poll = new OpenPoll(user, SyncPath(since, setPresence, (long)waits.TotalMilliseconds, filter ?? Deaf));
        await Live.WaitForPollsAsync(user, count);
        return poll;
    }

    /// <summary>Ends a poll, which was the user's only one unless told otherwise, by hanging up.</summary>
    public async Task HangUpAsync(OpenPoll poll, MatrixClient user, int left = 0)
    {
        var open = _requests.Open;
        await poll.HangUpAsync();
        await Live.WaitForPollsAsync(user, left);

        // The server takes note of the end of a poll only then.
        using var patience = new CancellationTokenSource(SyncAnswerExtensions.Patience);
        while (_requests.Open >= open)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Waits until Bob reads the state, which timers and polls change in their own time.</summary>
    public async Task<JsonObject> WaitForAsync(MatrixClient user, string state)
    {
        using var patience = new CancellationTokenSource(SyncAnswerExtensions.Patience);
        while (true)
        {
            var status = await ReadAsync(Bob, user);
            if ((string?)status["presence"] == state)
            {
                return status;
            }

            Assert.False(patience.IsCancellationRequested, $"Not {state} but {status.ToJsonString()}");
        }
    }

    /// <summary>Lets time pass in steps, as it does, until the poll is answered.</summary>
    public async Task<JsonObject> AnswerAsync(OpenPoll poll, TimeSpan within)
    {
        var step = TimeSpan.FromMilliseconds(50);
        for (var passed = TimeSpan.Zero; passed < within && !poll.Answer.IsCompleted; passed += step)
        {
            Time.Advance(step);
            await Task.Yield();
        }

        return await poll.Answer.WaitAsync(SyncAnswerExtensions.Patience);
    }

    public async Task RestartAsync()
    {
        var clients = await _ground.RestartAsync(Alice, Bob);
        (Alice, Bob) = (clients[0], clients[1]);
    }

    public ValueTask DisposeAsync() => _ground.DisposeAsync();

    private static string SyncPath(string? since, string? setPresence, long timeout, string? filter) =>
        $"sync?timeout={timeout}"
        + (since is null ? "" : $"&since={MatrixClient.Escape(since)}")
        + (setPresence is null ? "" : $"&set_presence={setPresence}")
        + (filter is null ? "" : $"&filter={MatrixClient.Escape(filter)}");
}
