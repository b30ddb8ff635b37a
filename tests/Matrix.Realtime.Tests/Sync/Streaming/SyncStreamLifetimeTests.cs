using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.ToDevice;
using Microsoft.Extensions.Time.Testing;

namespace Matrix.Realtime.Tests.Sync.Streaming;

/// <summary>Who may open a stream, what keeps it open, and what ends it.</summary>
public sealed class SyncStreamLifetimeTests
{
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [AllDatabases]
    public async Task Stream_Refused_AnswersLikeAnyOtherRequest(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");

        await ground.Server.Anonymous.GetAsync(LiveStream.Path).ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_MISSING_TOKEN");
        await ground.Server.WithToken("wrong").GetAsync(LiveStream.Path)
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");
        await alice.GetAsync($"{LiveStream.Path}?since=yesterday").ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");
        await alice.GetAsync($"{LiveStream.Path}?filter=404").ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");
        await alice.PostAsync(LiveStream.Path).ExpectErrorAsync(HttpStatusCode.MethodNotAllowed, "M_UNRECOGNIZED");
        using var resumed = await alice.OpenAsync(LiveStream.Path, ("Last-Event-ID", "yesterday"));
        Assert.Equal(HttpStatusCode.BadRequest, resumed.StatusCode);
    }

    [Theory]
    [AllDatabases]
    public async Task Stream_TokenInTheAddress_IsTaken(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var query = $"?access_token={alice.AccessToken}";

        var refused = await ground.Server.Anonymous.GetAsync($"{LiveStream.Path}{query}x");
        using var stream = await LiveStream.OpenAsync(ground.Server.Anonymous, query);

        refused.ExpectError(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");
        Assert.NotNull((await stream.NextAsync()).AccountData("m.push_rules"));
    }

    [Theory]
    [AllDatabases]
    public async Task Stream_NothingNew_GivesSignsOfLife(DatabaseKind kind)
    {
        var time = new FakeTimeProvider(Start);
        await using var ground = await SyncGround.StartAsync(kind, new()
        {
            Time = time,
            Settings = new Dictionary<string, string?> { ["Matrix:Sync:StreamHeartbeat"] = "00:00:07" },
        });
        var (alice, bob) = (await ground.RegisterAsync("alice"), await ground.RegisterAsync("bob"));
        var since = await alice.CatchUpAsync();
        using var stream = await LiveStream.OpenAsync(alice, $"?since={since}");
        await stream.ReadBlockAsync();
        await bob.CreateRoomAsync();

        var block = stream.ReadBlockAsync();
        await ground.Live.WaitForPollsAsync(alice);
        time.Advance(TimeSpan.FromMilliseconds(6990));
        var early = block.IsCompleted;
        while (!block.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        // Whoever comes back with it does not have to look at what went on elsewhere.
        Assert.False(early);
        Assert.Equal(["id"], (await block)!.Keys);
        Assert.NotEqual(since, stream.LastEventId);
    }

    [Theory]
    [AllDatabases]
    public async Task Stream_OneTooMany_IsRefusedUntilAnotherIsClosed(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind, new()
        {
            Settings = new Dictionary<string, string?> { ["Matrix:Sync:MaxStreamsPerUser"] = "2" },
        });
        var (alice, bob) = (await ground.RegisterAsync("alice"), await ground.RegisterAsync("bob"));
        var phone = await ground.Server.LoginAsync("alice");
        using var first = await LiveStream.OpenAsync(alice);
        using var second = await LiveStream.OpenAsync(phone);
        using var ofBob = await LiveStream.OpenAsync(bob);

        var refused = await alice.GetAsync(LiveStream.Path);
        first.Dispose();
        await WaitForRoomAsync(phone);

        refused.ExpectError(HttpStatusCode.TooManyRequests, "M_LIMIT_EXCEEDED");
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    [Theory]
    [AllDatabases("logout")]
    [AllDatabases("logout of all")]
    [AllDatabases("deleted device")]
    [AllDatabases("server stops")]
    public async Task Stream_DeviceOrServerGoes_Ends(DatabaseKind kind, string how)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var laptop = await ground.Server.LoginAsync("alice");
        using var stream = await LiveStream.OpenAsync(alice, $"?since={await alice.CatchUpAsync()}");
        using var other = await LiveStream.OpenAsync(laptop, $"?since={await laptop.CatchUpAsync()}");
        await ground.Live.WaitForPollsAsync(alice, 2);

        await (how switch
        {
            "logout" => alice.PostAsync("logout"),
            "logout of all" => laptop.PostAsync("logout/all"),
            "deleted device" => DeleteDeviceAsync(laptop, alice.DeviceId),
            _ => Task.Run(ground.Live.StopServer),
        });

        Assert.DoesNotContain(await stream.ReadToEndAsync(), answer => answer["rooms"]!.AsObject().Count > 0);
        if (how is "logout" or "deleted device")
        {
            var room = await laptop.CreateRoomAsync();
            Assert.NotNull((await other.NextAsync()).Joined(room));
        }
    }

    // What a stream has delivered is confirmed by coming back to it.
    [Theory]
    [AllDatabases]
    public async Task Stream_ManyMessagesToTheDevice_EndsAndIsResumed(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        await database.FillQueueAsync(alice, 1050);
        using var first = await LiveStream.OpenAsync(alice);

        var delivered = (await first.ReadToEndAsync()).SelectMany(answer => answer.ToDeviceTexts()).ToList();
        using var second = await LiveStream.OpenAsync(alice, lastEventId: first.LastEventId);
        var rest = (await second.NextAsync()).ToDeviceTexts();
        await alice.SettleAsync();

        Assert.Equal(Enumerable.Range(0, 1000).Select(number => $"{number}"), delivered);
        Assert.Equal(Enumerable.Range(1000, 50).Select(number => $"{number}"), rest);
        Assert.Equal(50, await database.CountMessagesAsync());
    }

    // GEN-2, GEN-11
    [Theory]
    [AllDatabases("expired")]
    [AllDatabases("locked")]
    public async Task Stream_TokenOfNoUse_TellsNothingMore(DatabaseKind kind, string why)
    {
        var time = new FakeTimeProvider(Start);
        await using var ground = await SyncGround.StartAsync(kind, new()
        {
            Time = time,
            Settings = new Dictionary<string, string?>
            {
                ["Matrix:Admins:0"] = "@root:localhost",
                ["Matrix:AccessTokenLifetime"] = "00:10:00",
                ["Matrix:Sync:StreamHeartbeat"] = "00:10:00",
            },
        });
        var alice = await ground.RegisterAsync("alice");
        var root = await ground.RegisterAsync("root");
        var room = await SyncGround.CreateSharedRoomAsync(alice, root);
        using var stream = await LiveStream.OpenAsync(alice, $"?since={await alice.CatchUpAsync()}");
        await ground.Live.WaitForPollsAsync(alice);

        if (why == "expired")
        {
            time.Advance(TimeSpan.FromMinutes(11));
        }
        else
        {
            var path = $"/_matrix/client/v1/admin/lock/{MatrixClient.Escape(alice.UserId)}";
            await root.PutAsync(path, new JsonObject { ["locked"] = true }).ExpectAsync();
            await root.SendAsync(room, "secret");
        }

        Assert.Empty(await stream.ReadToEndAsync());
    }

    // PRS-6
    [Theory]
    [AllDatabases]
    public async Task Stream_Open_IsPresence(DatabaseKind kind)
    {
        var time = new FakeTimeProvider(Start);
        await using var ground = await SyncGround.StartAsync(kind, new()
        {
            Time = time,
            Settings = new Dictionary<string, string?> { ["Matrix:Presence:Enabled"] = "true" },
        });
        var (alice, bob) = (await ground.RegisterAsync("alice"), await ground.RegisterAsync("bob"));
        await SyncGround.CreateSharedRoomAsync(alice, bob);
        await bob.SyncAsync(filter: """{"presence":{"types":[]}}""");

        using var stream = await LiveStream.OpenAsync(alice, "?set_presence=unavailable");
        await stream.NextAsync();
        time.Advance(TimeSpan.FromMinutes(1));
        var open = await StateOfAsync(alice, bob);
        stream.Dispose();
        while (await StateOfAsync(alice, bob) != "offline")
        {
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("unavailable", open);
    }

    [Theory]
    [AllDatabases]
    public async Task Versions_AdvertisesTheStream(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);

        var versions = await ground.Server.Anonymous.GetAsync("/_matrix/client/versions").ExpectAsync();

        Assert.True((bool)versions["unstable_features"]!["io.matrixrealtime.live"]!);
    }

    private static async Task WaitForRoomAsync(MatrixClient client)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            using var response = await client.OpenAsync(LiveStream.Path);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return;
            }

            patience.Token.ThrowIfCancellationRequested();
        }
    }

    private static async Task<string> StateOfAsync(MatrixClient user, MatrixClient asSeenBy)
    {
        var path = $"presence/{MatrixClient.Escape(user.UserId)}/status";
        return (string)(await asSeenBy.GetAsync(path).ExpectAsync())["presence"]!;
    }

    private static async Task DeleteDeviceAsync(MatrixClient client, string deviceId)
    {
        var path = $"devices/{MatrixClient.Escape(deviceId)}";
        var challenge = await client.SendAsync(HttpMethod.Delete, path, null).ExpectAsync(HttpStatusCode.Unauthorized);
        var auth = client.PasswordAuth((string?)challenge["session"]);
        var body = MatrixClient.JsonContent(new JsonObject { ["auth"] = auth }.ToJsonString());
        await client.SendAsync(HttpMethod.Delete, path, body).ExpectAsync();
    }
}
