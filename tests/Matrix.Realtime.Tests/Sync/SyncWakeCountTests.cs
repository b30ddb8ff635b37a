using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Receipts;
using Microsoft.Extensions.DependencyInjection;

namespace Matrix.Realtime.Tests.Sync;

/// <summary>How often waiting syncs are woken, not only whether they answer. SYN-15.</summary>
public sealed class SyncWakeCountTests
{
    private static readonly RealtimeApplicationOptions WithPresence = new()
    {
        Settings = new Dictionary<string, string?>
        {
            ["Matrix:Presence:Enabled"] = "true",
            ["Matrix:Presence:WakeWithin"] = "00:00:00",
        },
    };

    [Theory]
    [AllDatabases("""{"room":{"ephemeral":{"not_types":["m.typing"]}}}""", "typing")]
    [AllDatabases("""{"room":{"ephemeral":{"not_rooms":["ROOM"]}}}""", "typing")]
    [AllDatabases("""{"room":{"ephemeral":{"types":["m.typing"]}}}""", "receipt")]
    [AllDatabases("""{"presence":{"types":[]}}""", "presence")]
    [AllDatabases("""{"presence":{"not_senders":["BOB"]}}""", "presence")]
    [AllDatabases("""{"room":{"not_rooms":["ROOM"]}}""", "typing receipt message state account_data")]
    [AllDatabases("""{"room":{"rooms":["OTHER"]}}""", "typing receipt message state account_data")]
    [AllDatabases("""{"room":{"timeline":{"not_types":["m.room.message"]}}}""", "message")]
    [AllDatabases("""{"room":{"timeline":{"types":[]},"state":{"not_senders":["BOB"]}}}""", "message state")]
    [AllDatabases("""{"room":{"account_data":{"types":["m.tag"]}}}""", "account_data")]
    [AllDatabases("""{"account_data":{"not_types":["org.example.*"]}}""", "global_account_data")]
    public async Task Sync_OfWhoseFilterDropsTheChanges_IsNotWokenByThem(DatabaseKind kind, string filter, string noise)
    {
        await using var ground = await SyncGround.StartAsync(kind, WithPresence);
        var alice = await ground.RegisterAsync("alice");
        var phone = await ground.Server.LoginAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var room = await SyncGround.CreateSharedRoomAsync(bob, alice);
        var other = await SyncGround.CreateSharedRoomAsync(bob, alice);
        filter = filter.Replace("ROOM", room, StringComparison.Ordinal)
            .Replace("OTHER", other, StringComparison.Ordinal).Replace("BOB", bob.UserId, StringComparison.Ordinal);
        var eventId = await bob.SendAsync(room, "first");
        await MakePresentAsync(bob);
        var poll = alice.PollAsync(await alice.CatchUpAsync(filter), SyncAnswerExtensions.Long, filter);
        await ground.Live.WaitForWaitsAsync(1);
        var before = ground.Live.Wakes;

        foreach (var change in noise.Split(' '))
        {
            for (var i = 0; i < 3; i++)
            {
                await MakeAsync(change, i);
            }
        }

        Assert.Equal((before, 1), (ground.Live.Wakes, ground.Live.Waiting));
        await phone.LeaveAsync(other);
        Assert.NotNull((await poll).Left(other));
        Assert.Equal((before + 1, 0), (ground.Live.Wakes, ground.Live.Waiting));

        Task MakeAsync(string change, int i) => change switch
        {
            "typing" => bob.TypeAsync(room, typing: i % 2 == 0),
            "receipt" => bob.ReadAsync(room, eventId, thread: i switch { 0 => null, 1 => "main", _ => eventId }),
            "presence" => SetPresenceAsync(bob, $"busy {i}"),
            "message" => bob.SendAsync(room, $"noise {i}"),
            "state" => bob.SetStateAsync(room, "org.example.noise", new JsonObject { ["number"] = i }),
            "account_data" => phone.SetAccountDataAsync("org.example.noise", new JsonObject { ["number"] = i }, room),
            _ => phone.SetAccountDataAsync("org.example.noise", new JsonObject { ["number"] = i }),
        };
    }

    // One's neighbours are not woken, and neither is anybody else's room.
    [Theory]
    [AllDatabases]
    public async Task Change_WakesThoseWhoWantIt_OnceEach(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var bob = await ground.RegisterAsync("bob");
        var (near, far) = (await ground.RegisterAsync("near"), await ground.RegisterAsync("far"));
        var room = await SyncGround.CreateSharedRoomAsync(bob, near);
        await SyncGround.CreateSharedRoomAsync(bob, far);
        var polls = new List<Task<JsonObject>>();
        foreach (var user in new[] { near, near, far })
        {
            polls.Add(user.PollAsync(await user.CatchUpAsync(), SyncAnswerExtensions.Long));
        }

        await ground.Live.WaitForWaitsAsync(3);
        await bob.TypeAsync(room);
        await Task.WhenAll(polls.Take(2));

        Assert.Equal((2, 1), (ground.Live.Wakes, ground.Live.Waiting));
        Assert.False(polls[2].IsCompleted);
        await bob.LeaveAsync(room);
        Assert.Equal(2, ground.Live.Wakes);
    }

    // A client that hangs up leaves nothing behind.
    [Theory]
    [AllDatabases]
    public async Task Sync_WhoseClientIsGone_HoldsNothing(DatabaseKind kind)
    {
        var time = new TimerCounter();
        await using var ground = await SyncGround.StartAsync(
            kind, new() { Services = services => services.AddSingleton<TimeProvider>(time) });
        var alice = await ground.RegisterAsync("alice");
        var since = await alice.CatchUpAsync();
        var timers = time.Count;
        using var hangUp = new CancellationTokenSource();
        var polls = Enumerable.Range(0, 20)
            .Select(_ => alice.GetAsync($"sync?since={since}&timeout={SyncAnswerExtensions.Long}", hangUp.Token)).ToList();
        await ground.Live.WaitForWaitsAsync(20);
        await LiveProbe.WaitUntilAsync(() => time.Count == timers + 20);

        await hangUp.CancelAsync();

        foreach (var poll in polls)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll);
        }

        await ground.Live.WaitForPollsAsync(alice, 0);
        await LiveProbe.WaitUntilAsync(() => time.Count == timers);
        Assert.Equal((0, 0), (ground.Live.Wakes, ground.Live.Waiting));
    }

    private static async Task MakePresentAsync(MatrixClient user)
    {
        await SetPresenceAsync(user, "there");
        await user.SyncAsync();
    }

    private static Task SetPresenceAsync(MatrixClient user, string status) => user.PutAsync(
        $"presence/{MatrixClient.Escape(user.UserId)}/status",
        new JsonObject { ["presence"] = "online", ["status_msg"] = status }).ExpectAsync();
}
