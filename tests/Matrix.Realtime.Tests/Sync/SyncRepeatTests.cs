using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Sync;

/// <summary>Requests that are repeated while they are under way, or because their answer was lost. SYN-10, SYN-16.</summary>
public sealed class SyncRepeatTests
{
    [Theory]
    [AllDatabases]
    public async Task SamePoll_TwiceUnderWay_IsReadOnce_AndAnsweredAlike(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var (alice, bob, room) = await MeetAsync(ground);
        var since = await alice.CatchUpAsync();
        Task<JsonObject>[] polls =
        [
            alice.PollAsync(since, SyncAnswerExtensions.Long),
            alice.PollAsync(since, SyncAnswerExtensions.Long),
        ];
        await ground.Live.WaitForWaitsAsync(2);
        var before = ground.Live.Repeats;

        await bob.SendAsync(room, "one");
        var answers = await Task.WhenAll(polls);

        Assert.Equal(before + 1, ground.Live.Repeats);
        Assert.Equal(answers[0].NextBatch(), answers[1].NextBatch());
        Assert.All(answers, answer => Assert.Equal(["one"], answer.Joined(room).Texts()));
    }

    [Theory]
    [AllDatabases]
    public async Task SamePoll_AfterTheAnswerWasLost_IsReadOnce_AndAnsweredAlike(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var (alice, bob, room) = await MeetAsync(ground);
        var since = await alice.CatchUpAsync();
        await bob.SendAsync(room, "one");
        await alice.SetAccountDataAsync("org.example.note", []);
        var before = ground.Live.Repeats;

        var lost = await alice.PollAsync(since, SyncAnswerExtensions.Long);
        var again = await alice.PollAsync(since);
        var other = await alice.PollAsync(since, filter: """{"room":{"timeline":{"limit":5}}}""");

        Assert.Equal(before + 1, ground.Live.Repeats);
        Assert.Equal(WithoutAges(lost), WithoutAges(again));
        Assert.Equal(["one"], other.Joined(room).Texts());
    }

    // Whoever has done something since must see it.
    [Theory]
    [AllDatabases("message")]
    [AllDatabases("account data")]
    [AllDatabases("ignored")]
    public async Task SamePoll_AfterMoreHasHappened_IsReadAnew(DatabaseKind kind, string change)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var (alice, bob, room) = await MeetAsync(ground);
        const string Filter = """{"account_data":{"not_types":["m.ignored_user_list"]}}""";
        var since = await alice.CatchUpAsync(Filter);
        await bob.SendAsync(room, "one");
        await alice.PollAsync(since, filter: Filter);

        await (change switch
        {
            "message" => bob.SendAsync(room, "two"),
            "ignored" => alice.IgnoreAsync(bob),
            _ => alice.SetAccountDataAsync("org.example.note", []),
        });
        var again = await alice.PollAsync(since, filter: Filter);

        Assert.Equal(0, ground.Live.Repeats);
        Assert.Equal(
            change switch { "message" => ["one", "two"], "ignored" => [], _ => ["one"] }, again.Joined(room).Texts());
        Assert.Equal(change == "account data", again.AccountData("org.example.note") is not null);
    }

    // An answer that ends where it began is that to an ordinary next poll.
    [Theory]
    [AllDatabases]
    public async Task OrdinaryPolls_RepeatNothing(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var (alice, bob, room) = await MeetAsync(ground);
        var since = await alice.CatchUpAsync();

        for (var number = 0; number < 3; number++)
        {
            Assert.True((await alice.PollAsync(since)).IsQuiet());
            Assert.NotNull((await alice.PollAsync(since, fullState: true)).Joined(room));
        }

        await bob.SendAsync(room, "one");
        since = (await alice.PollAsync(since)).NextBatch();
        Assert.True((await alice.PollAsync(since)).IsQuiet());
        Assert.Equal(0, ground.Live.Repeats);
    }

    [Theory]
    [AllDatabases]
    public async Task AfterLogout_NothingOfTheDeviceIsAnsweredAgain(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var (alice, bob, room) = await MeetAsync(ground);
        var phone = await ground.Server.LoginAsync("alice", "PHONE");
        var since = await phone.CatchUpAsync();
        await bob.SendAsync(room, "one");
        await phone.PollAsync(since);

        await phone.PostAsync("logout").ExpectAsync();
        var again = await ground.Server.LoginAsync("alice", "PHONE");
        var answer = await again.PollAsync(since);
        var elsewhere = await alice.PollAsync(since);

        Assert.Equal(0, ground.Live.Repeats);
        Assert.Equal(["one"], answer.Joined(room).Texts());
        Assert.Equal(["one"], elsewhere.Joined(room).Texts());
    }

    [Theory]
    [AllDatabases]
    public async Task ClientThatHangsUp_TakesNothingFromTheOtherOfTheSameRequest(DatabaseKind kind)
    {
        var gate = new CommandGate();
        await using var ground = await SyncGround.StartAsync(kind, new() { Services = gate.AttachTo });
        var (alice, bob, room) = await MeetAsync(ground);
        var since = await alice.CatchUpAsync();
        await bob.SendAsync(room, "one");
        using var hangUp = new CancellationTokenSource();
        ground.Live.EvictAll();
        gate.Close(_ => true);

        var first = alice.SyncAsync(since, cancellationToken: hangUp.Token);
        await gate.Reached;
        var second = alice.PollAsync(since);
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.Open();

        Assert.Equal(["one"], (await second).Joined(room).Texts());
    }

    [Theory]
    [AllDatabases]
    public async Task WhereNothingIsToBeRemembered_TheSamePollIsReadAnew(DatabaseKind kind)
    {
        var settings = new Dictionary<string, string?> { ["Matrix:Sync:MaxRepeatableBytes"] = "0" };
        await using var ground = await SyncGround.StartAsync(kind, new() { Settings = settings });
        var (alice, bob, room) = await MeetAsync(ground);
        var since = await alice.CatchUpAsync();
        await bob.SendAsync(room, "one");

        var lost = await alice.PollAsync(since);
        var again = await alice.PollAsync(since);

        Assert.Equal(0, ground.Live.Repeats);
        Assert.Equal(WithoutAges(lost), WithoutAges(again));
    }

    private static async Task<(MatrixClient Alice, MatrixClient Bob, string Room)> MeetAsync(SyncGround ground)
    {
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        return (alice, bob, await SyncGround.CreateSharedRoomAsync(alice, bob));
    }

    private static string WithoutAges(JsonNode answer)
    {
        var copy = answer.DeepClone();
        foreach (var room in copy["rooms"]!["join"]!.AsObject())
        {
            foreach (var told in room.Value!.AsObject().Timeline())
            {
                told["unsigned"]!.AsObject().Remove("age");
            }
        }

        return copy.ToJsonString();
    }
}
