using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Sync;

/// <summary>Typing of people whom the recipient ignores, or ignores no longer: SYN-81, ACD-18.</summary>
public sealed class SyncIgnoredTypingTests
{
    [Theory]
    [AllDatabases(false)]
    [AllDatabases(true)]
    public async Task Typing_OfIgnoredUser_NeitherEndsAWaitNorIsNews(DatabaseKind kind, bool evicts)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var (alice, bob, carol, roomId) = await SetAsync(ground);
        await alice.IgnoreAsync(bob);
        await carol.TypeAsync(roomId);
        var since = await alice.CatchUpAsync();
        var poll = alice.PollAsync(since, SyncAnswerExtensions.Long);
        await ground.Live.WaitForPollsAsync(alice);

        await bob.TypeAsync(roomId);
        await bob.SendAsync(roomId, "hidden");
        await bob.TypeAsync(roomId);
        await bob.TypeAsync(roomId, typing: false);
        if (evicts)
        {
            ground.Live.EvictAll();
        }

        Assert.True((await alice.PollAsync(since)).IsQuiet());
        await alice.SetAccountDataAsync("org.example.end", []);
        var answer = await poll;
        Assert.NotNull(answer.AccountData("org.example.end"));
        Assert.Null(answer.Joined(roomId));

        await bob.TypeAsync(roomId);
        await carol.TypeAsync(roomId, typing: false);
        Assert.Empty(Typists(await alice.PollAsync(answer.NextBatch()), roomId)!);
    }

    // From the moment the list changes, in rooms where nothing else happens.
    [Theory]
    [AllDatabases(false)]
    [AllDatabases(true)]
    public async Task Typist_IgnoredWhileTyping_DisappearsAndComesBack(DatabaseKind kind, bool evicts)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var (alice, bob, carol, roomId) = await SetAsync(ground);
        await bob.TypeAsync(roomId);
        await carol.TypeAsync(roomId);
        var since = await alice.CatchUpAsync();

        await alice.IgnoreAsync(bob);
        EvictIf(evicts);
        var ignored = await alice.PollAsync(since);
        var quiet = await alice.PollAsync(ignored.NextBatch());
        await alice.IgnoreAsync();
        EvictIf(evicts);
        var returned = await alice.PollAsync(ignored.NextBatch());

        Assert.Equal([carol.UserId], Typists(ignored, roomId));
        Assert.True(quiet.IsQuiet());
        Assert.Equal([bob.UserId, carol.UserId], Typists(returned, roomId));

        void EvictIf(bool evicts)
        {
            if (evicts)
            {
                ground.Live.EvictAll();
            }
        }
    }

    // The client still shows them when they stop: what it holds is from before they were ignored.
    [Theory]
    [AllDatabases]
    public async Task Typist_IgnoredAndStopping_DisappearsForWhoeverSawThem(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var (alice, bob, _, roomId) = await SetAsync(ground);
        await bob.TypeAsync(roomId);
        var since = await alice.CatchUpAsync();

        await alice.IgnoreAsync(bob);
        await bob.TypeAsync(roomId, typing: false);

        Assert.Empty(Typists(await alice.PollAsync(since), roomId)!);
    }

    // More typists than are remembered: rather one answer too many than one too few.
    [Theory]
    [AllDatabases(false)]
    [AllDatabases(true)]
    public async Task Typing_OfManyIgnoredUsersAndOne_IsStillTold(DatabaseKind kind, bool evicts)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var (alice, _, carol, roomId) = await SetAsync(ground);
        var crowd = new List<MatrixClient>();
        for (var number = 0; number < 33; number++)
        {
            crowd.Add(await ground.RegisterAsync($"crowd{number}"));
            await crowd[^1].JoinAsync(roomId);
        }

        await alice.IgnoreAsync([.. crowd]);
        var since = await alice.CatchUpAsync();
        await carol.TypeAsync(roomId);
        foreach (var user in crowd)
        {
            await user.TypeAsync(roomId);
        }

        if (evicts)
        {
            ground.Live.EvictAll();
        }

        Assert.Equal([carol.UserId], Typists(await alice.PollAsync(since), roomId));
    }

    [Theory]
    [AllDatabases]
    public async Task FirstSync_WhereOnlyIgnoredUsersType_HasNoTyping(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var (alice, bob, _, roomId) = await SetAsync(ground);
        await alice.IgnoreAsync(bob);
        await bob.TypeAsync(roomId);

        Assert.Null(Typists(await alice.PollAsync(), roomId));
    }

    private static async Task<(MatrixClient Alice, MatrixClient Bob, MatrixClient Carol, string RoomId)> SetAsync(
        SyncGround ground)
    {
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var carol = await ground.RegisterAsync("carol");
        return (alice, bob, carol, await SyncGround.CreateSharedRoomAsync(alice, bob, carol));
    }

    private static IReadOnlyList<string>? Typists(JsonObject sync, string roomId) =>
        sync.Joined(roomId).Ephemeral().SingleOrDefault()?["content"]!["user_ids"]!.AsArray()
            .Select(user => (string)user!).ToList();
}
