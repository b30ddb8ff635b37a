using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.ToDevice;
using Microsoft.Extensions.Time.Testing;

namespace Matrix.Realtime.Tests.Sync;

public sealed class SyncTokenTests
{
    // SYN-3
    [Theory]
    [AllDatabases("since=nonsense")]
    [AllDatabases("since=s")]
    [AllDatabases("since=s-1")]
    [AllDatabases("since=s99999999999999999999")]
    [AllDatabases("timeout=soon")]
    [AllDatabases("timeout=-1")]
    [AllDatabases("full_state=maybe")]
    [AllDatabases("filter=unknown")]
    [AllDatabases("filter=%7B%22room%22%3A1%7D")]
    public async Task Sync_WithBadParameter_IsRefused(DatabaseKind kind, string query)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");

        await alice.GetAsync($"sync?{query}").ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");
    }

    // SYN-1, SYN-3
    [Theory]
    [AllDatabases]
    public async Task Sync_WithoutToken_OrWithBrokenFilter_IsRefused(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");

        await ground.Server.Anonymous.GetAsync("sync").ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_MISSING_TOKEN");
        await alice.GetAsync("sync?filter=%7B").ExpectErrorAsync(HttpStatusCode.BadRequest, "M_NOT_JSON");
        await alice.GetAsync("sync?set_presence=offline&use_state_after=false&org.example=1").ExpectAsync();
    }

    // SYN-5, SYN-9, SYN-10, SYN-11, SYN-21
    [Theory]
    [AllDatabases]
    public async Task Sync_SameSinceAgain_TellsAllSinceThenAgain(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        var other = await alice.CreateRoomAsync();
        var first = await alice.PollAsync();
        await alice.SendAsync(roomId, "one");
        var second = await alice.PollAsync(first.NextBatch());
        await alice.SendAsync(roomId, "two");

        var repeated = await alice.PollAsync(first.NextBatch());
        var third = await alice.PollAsync(second.NextBatch());
        var last = await alice.PollAsync(third.NextBatch());

        Assert.NotNull(first.Joined(roomId));
        Assert.NotNull(first.Joined(other));
        Assert.Equal(["one"], second.Joined(roomId).Texts());
        Assert.Null(second.Joined(other));
        Assert.Equal(["one", "two"], repeated.Joined(roomId).Texts());
        Assert.Equal(["two"], third.Joined(roomId).Texts());
        Assert.True(last.IsQuiet());
    }

    // SYN-10, SYN-11
    [Theory]
    [AllDatabases]
    public async Task Sync_SinceBeyondHead_CountsAsHead(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        await alice.CatchUpAsync();

        var ahead = await alice.PollAsync("s9223372036854775807");
        await alice.SendAsync(roomId, "after");
        var next = await alice.PollAsync(ahead.NextBatch());

        Assert.True(ahead.IsQuiet());
        Assert.Equal(["after"], next.Joined(roomId).Texts());
    }

    // SYN-10, SYN-11
    [Theory]
    [AllDatabases]
    public async Task Sync_SinceBeyondHead_TellsWhatEndsItsWait(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();

        var first = alice.PollAsync("s9223372036854775807", SyncAnswerExtensions.Long);
        await ground.Live.WaitForPollsAsync(alice);
        await alice.SendAsync(roomId, "after");
        Assert.Equal(["after"], (await first).Joined(roomId).Texts());

        var second = alice.PollAsync("s9223372036854775807", SyncAnswerExtensions.Long);
        await ground.Live.WaitForPollsAsync(alice);
        await alice.SendToDeviceAsync(alice, "hello");
        Assert.Equal(["hello"], (await second).ToDeviceTexts());
    }

    // SYN-10, SYN-11
    [Theory]
    [AllDatabases]
    public async Task Sync_SinceFromBeforeRestart_TellsEverythingMissed(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await SyncGround.CreateSharedRoomAsync(alice, bob);
        var quiet = await alice.CreateRoomAsync();
        var invited = await bob.CreateRoomAsync();
        var since = await alice.CatchUpAsync();
        await bob.SendAsync(roomId, "while away");
        await bob.InviteAsync(invited, alice);
        await alice.PutAsync($"user/{alice.UserId}/account_data/org.example.theme", new JsonObject { ["dark"] = true });

        var again = (await ground.RestartAsync(alice))[0];
        var missed = await again.PollAsync(since);
        var next = await again.PollAsync(missed.NextBatch());

        Assert.Equal(["while away"], missed.Joined(roomId).Texts());
        Assert.NotNull(missed.Invited(invited));
        Assert.True((bool)missed.AccountData("org.example.theme")!["dark"]!);
        Assert.Null(missed.Joined(quiet));
        Assert.True(next.IsQuiet());
    }

    // SYN-10: a user who has not polled for a while has no index of changed rooms any more.
    [Theory]
    [AllDatabases]
    public async Task Sync_AfterLongAbsence_TellsEverythingMissed(DatabaseKind kind)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var ground = await SyncGround.StartAsync(kind, new() { Time = time });
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await SyncGround.CreateSharedRoomAsync(alice, bob);
        var left = await SyncGround.CreateSharedRoomAsync(alice, bob);
        var since = await alice.CatchUpAsync();
        for (var minutes = 0; minutes < 15; minutes += 5)
        {
            time.Advance(TimeSpan.FromMinutes(5));
        }

        await bob.SendAsync(roomId, "while away");
        await bob.TypeAsync(roomId);
        await alice.LeaveAsync(left);
        var missed = await alice.PollAsync(since);

        Assert.Equal(["while away"], missed.Joined(roomId).Texts());
        Assert.Equal(bob.UserId, (string)missed.Joined(roomId).Ephemeral().Single()["content"]!["user_ids"]![0]!);
        Assert.NotNull(missed.Left(left));
    }

    // SYN-11, SYN-16
    [Theory]
    [AllDatabases]
    public async Task Sync_WhileManyWrite_LosesAndRepeatsNothing(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        var since = await alice.CatchUpAsync();
        var writing = Task.WhenAll(Enumerable.Range(0, 4).Select(async writer =>
        {
            for (var number = 0; number < 15; number++)
            {
                await alice.SendAsync(roomId, $"{writer}-{number}");
            }
        }));

        List<string> seen = [];
        while (seen.Count < 60)
        {
            var answer = await alice.PollAsync(
                since, SyncAnswerExtensions.Long, """{"room":{"timeline":{"limit":100}}}""");
            seen.AddRange(answer.Joined(roomId).Texts());
            since = answer.NextBatch();
        }

        await writing;
        Assert.Equal(60, seen.Distinct().Count());
        Assert.Equal(60, seen.Count);
        Assert.True((await alice.PollAsync(since)).IsQuiet());
    }
}
