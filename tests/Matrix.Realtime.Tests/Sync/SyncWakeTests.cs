using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Microsoft.Extensions.Time.Testing;

namespace Matrix.Realtime.Tests.Sync;

public sealed class SyncWakeTests
{
    // SYN-6, SYN-9
    [Theory]
    [AllDatabases]
    public async Task Sync_NothingNew_WaitsForItsTimeoutAndAnswersEmpty(DatabaseKind kind)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var ground = await SyncGround.StartAsync(kind, new() { Time = time });
        var alice = await ground.RegisterAsync("alice");
        var since = await alice.CatchUpAsync();

        var poll = alice.PollAsync(since, timeout: 5000);
        await ground.Live.WaitForPollsAsync(alice);
        time.Advance(TimeSpan.FromMilliseconds(4990));
        var early = poll.IsCompleted;
        while (!poll.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        Assert.False(early);
        Assert.True((await poll).IsQuiet());
    }

    // SYN-6, SYN-7, SYN-8
    [Theory]
    [AllDatabases]
    public async Task Sync_FirstOrFullOrWithoutTimeout_AnswersAtOnce(DatabaseKind kind)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var ground = await SyncGround.StartAsync(kind, new() { Time = time });
        var alice = await ground.RegisterAsync("alice");

        var first = await alice.PollAsync(timeout: SyncAnswerExtensions.Long);
        var full = await alice.PollAsync(first.NextBatch(), SyncAnswerExtensions.Long, fullState: true);
        var immediate = await alice.PollAsync(full.NextBatch());

        Assert.True(full.IsQuiet());
        Assert.True(immediate.IsQuiet());
    }

    // SYN-13, SYN-14: each thing that must end a wait, with where the news then is.
    [Theory]
    [AllDatabases("message", "join")]
    [AllDatabases("state", "join")]
    [AllDatabases("typing", "join")]
    [AllDatabases("other member joins", "join")]
    [AllDatabases("other member leaves", "join")]
    [AllDatabases("own join", "join")]
    [AllDatabases("invite", "invite")]
    [AllDatabases("own leave", "leave")]
    [AllDatabases("kick", "leave")]
    [AllDatabases("ban", "leave")]
    [AllDatabases("ban of a stranger", "leave")]
    [AllDatabases("withdrawn invite", "leave")]
    [AllDatabases("rejected invite", "leave")]
    [AllDatabases("account data", "account_data")]
    [AllDatabases("room account data", "join")]
    public async Task Sync_Waiting_IsAnsweredByChange(DatabaseKind kind, string change, string section)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var phone = await ground.Server.LoginAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var shared = await SyncGround.CreateSharedRoomAsync(bob, alice);
        var foreign = await bob.CreateRoomAsync();
        var offered = await bob.CreateRoomAsync();
        await bob.InviteAsync(offered, alice);
        var carol = await ground.RegisterAsync("carol");
        var since = await alice.CatchUpAsync();

        var poll = alice.PollAsync(since, SyncAnswerExtensions.Long);
        await ground.Live.WaitForPollsAsync(alice);
        var roomId = await MakeAsync(change, phone, bob, carol, shared, foreign, offered);
        var answer = await poll;

        Assert.NotEqual(since, answer.NextBatch());
        Assert.NotNull(roomId is null ? answer[section] : answer["rooms"]![section]![roomId]);
        await ground.Live.WaitForPollsAsync(alice, 0);
    }

    // SYN-15
    [Theory]
    [AllDatabases]
    public async Task Sync_Waiting_IsNotAnsweredByWhatItsFilterDrops(DatabaseKind kind)
    {
        const string Filter = """
            {"account_data":{"not_types":["org.example.noise"]},
             "room":{"ephemeral":{"types":[]},"account_data":{"types":["m.tag"]},"timeline":{"types":["m.room.message"]},
                     "state":{"types":["m.room.name"]}}}
            """;
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await SyncGround.CreateSharedRoomAsync(bob, alice);
        var unrelated = await bob.CreateRoomAsync();
        var since = await alice.CatchUpAsync(Filter);

        var poll = alice.PollAsync(since, SyncAnswerExtensions.Long, Filter);
        await ground.Live.WaitForPollsAsync(alice);
        await bob.TypeAsync(roomId);
        await bob.SendAsync(roomId, "org.example.noise", []);
        await bob.SetStateAsync(roomId, "org.example.noise", []);
        await bob.SendAsync(unrelated, "not for alice");
        await SetAccountDataAsync(alice, "org.example.noise", null);
        await SetAccountDataAsync(alice, "org.example.noise", roomId);
        var quiet = await alice.PollAsync(since, filter: Filter);
        await bob.SendAsync(roomId, "wanted");
        var answer = await poll;

        Assert.True(quiet.IsQuiet());
        Assert.Equal(["wanted"], answer.Joined(roomId).Texts());
        Assert.Empty(answer.Joined(roomId).Ephemeral());
        Assert.Null(answer["account_data"]);
    }

    // SYN-16, ACD-9
    [Theory]
    [AllDatabases]
    public async Task Syncs_OfOneDevice_AllGetTheChange(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var phone = await ground.Server.LoginAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        var since = await alice.CatchUpAsync();

        var polls = new[] { alice, alice, alice, phone }
            .Select(client => client.PollAsync(since, SyncAnswerExtensions.Long)).ToList();
        await ground.Live.WaitForPollsAsync(alice, 4);
        await alice.SendAsync(roomId, "to all");

        Assert.All(await Task.WhenAll(polls), answer => Assert.Equal(["to all"], answer.Joined(roomId).Texts()));
    }

    private static async Task<string?> MakeAsync(
        string change, MatrixClient phone, MatrixClient bob, MatrixClient carol, string shared, string foreign, string offered)
    {
        switch (change)
        {
            case "message":
                await bob.SendAsync(shared, "hello");
                return shared;
            case "state":
                await bob.SetStateAsync(shared, "m.room.topic", new JsonObject { ["topic"] = "new" });
                return shared;
            case "typing":
                await bob.TypeAsync(shared);
                return shared;
            case "other member joins":
                await carol.JoinAsync(shared);
                return shared;
            case "other member leaves":
                await bob.LeaveAsync(shared);
                return shared;
            case "own join":
                await phone.JoinAsync(foreign);
                return foreign;
            case "invite":
                await bob.InviteAsync(foreign, phone);
                return foreign;
            case "own leave":
                await phone.LeaveAsync(shared);
                return shared;
            case "kick":
                await bob.SetMembershipAsync(shared, phone, "leave");
                return shared;
            case "ban":
                await bob.SetMembershipAsync(shared, phone, "ban");
                return shared;
            case "ban of a stranger":
                await bob.SetMembershipAsync(foreign, phone, "ban");
                return foreign;
            case "withdrawn invite":
                await bob.SetMembershipAsync(offered, phone, "leave");
                return offered;
            case "rejected invite":
                await phone.LeaveAsync(offered);
                return offered;
            case "account data":
                await SetAccountDataAsync(phone, "org.example.theme", null);
                return null;
            default:
                await SetAccountDataAsync(phone, "org.example.theme", shared);
                return shared;
        }
    }

    private static Task SetAccountDataAsync(MatrixClient user, string type, string? roomId) =>
        user.SetAccountDataAsync(type, new JsonObject { ["value"] = 1 }, roomId);
}
