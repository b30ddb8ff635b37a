using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Rooms;
using Matrix.Realtime.Tests.Sync;
using Microsoft.Extensions.Time.Testing;
using static Matrix.Realtime.Tests.Receipts.ReceiptRequests;

namespace Matrix.Realtime.Tests.Receipts;

/// <summary>In which shape receipts are told: RCP-19 to RCP-25, RCP-32, RCP-34.</summary>
public sealed class ReceiptDeliveryTests
{
    [Theory, AllDatabases]
    public async Task Receipt_InSync_HasTheShapeOfTheSpecification(DatabaseKind kind)
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse("2026-01-01T00:00:00Z"));
        await using var scene = await ReceiptScene.SetAsync(kind, new() { Time = time });
        var since = await scene.Alice.CatchUpAsync();
        var ts = time.GetUtcNow().ToUnixTimeMilliseconds();

        await scene.Bob.ReadAsync(scene.Room, scene.First);
        var unthreaded = Assert.Single((await scene.Alice.PollAsync(since)).Joined(scene.Room).Ephemeral());
        since = await scene.Alice.CatchUpAsync();
        await scene.Bob.ReadAsync(scene.Room, scene.Second, "main");
        var threaded = Assert.Single((await scene.Alice.PollAsync(since)).Joined(scene.Room).Ephemeral());

        Assert.Equal(
            """{"type":"m.receipt","content":{"$event":{"m.read":{"@bob:localhost":{"ts":0}}}}}"""
                .Replace("$event", scene.First, StringComparison.Ordinal)
                .Replace(":0}", $":{ts}}}", StringComparison.Ordinal),
            unthreaded.ToJsonString());
        Assert.Equal(
            """{"type":"m.receipt","content":{"$event":{"m.read":{"@bob:localhost":{"ts":0,"thread_id":"main"}}}}}"""
                .Replace("$event", scene.Second, StringComparison.Ordinal)
                .Replace(":0,", $":{ts},", StringComparison.Ordinal),
            threaded.ToJsonString());
    }

    [Theory, AllDatabases]
    public async Task Receipts_OfSeveralUsers_AreOneEventPerThread(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var carol = await scene.JoinAsync("carol");
        var reply = await scene.Alice.ReplyInThreadAsync(scene.Room, scene.First);
        var since = await scene.Alice.CatchUpAsync();

        foreach (var user in new[] { scene.Bob, carol, scene.Alice })
        {
            await user.ReadAsync(scene.Room, scene.First);
            await user.ReadAsync(scene.Room, scene.Second);
            await user.ReadAsync(scene.Room, scene.Third, "main");
            await user.ReadAsync(scene.Room, reply, scene.First);
        }

        var events = (await scene.Alice.PollAsync(since)).ReceiptEvents(scene.Room);
        Assert.Equal(3, events.Count);
        Assert.All(events, content => Assert.Equal(3, Assert.Single(content).Value!["m.read"]!.AsObject().Count));
        Assert.Equal(
            new[] { scene.Second, scene.Third, reply }.Order(), events.Select(content => content.Single().Key).Order());
    }

    [Theory, AllDatabases]
    public async Task IncrementalSync_HasWhatMovedOnly(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var carol = await scene.JoinAsync("carol");
        await scene.Bob.ReadAsync(scene.Room, scene.First);
        await carol.ReadAsync(scene.Room, scene.First);
        var since = await scene.Alice.CatchUpAsync();

        await carol.ReadAsync(scene.Room, scene.Second);
        await carol.ReadAsync(scene.Room, scene.Third);

        Assert.Equal([Line(carol, scene.Third)], (await scene.Alice.PollAsync(since)).Receipts(scene.Room));
        scene.Live.EvictAll();
        Assert.Equal([Line(carol, scene.Third)], (await scene.Alice.PollAsync(since)).Receipts(scene.Room));
        Assert.Equal(
            [Line(carol, scene.Third), Line(scene.Bob, scene.First)],
            (await scene.AllReceiptsAsync(scene.Alice)).OrderBy(line => line.Split(' ')[2], Comparer<string>.Create(
                (left, right) => string.CompareOrdinal(right, left))));
    }

    [Theory, AllDatabases]
    public async Task Token_FromBeforeTheRestart_StillGetsWhatMoved(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var (alice, bob) = (await scene.Alice.CatchUpAsync(), await scene.Bob.CatchUpAsync());
        await scene.Bob.ReadAsync(scene.Room, scene.First, type: Private);
        await scene.Bob.ReadAsync(scene.Room, scene.Second);

        await scene.RestartAsync();

        Assert.Equal([Line(scene.Bob, scene.Second)], (await scene.Alice.PollAsync(alice)).Receipts(scene.Room));
        string[] own = [Line(scene.Bob, scene.First, type: Private), Line(scene.Bob, scene.Second)];
        Assert.Equal(own.Order(StringComparer.Ordinal), (await scene.Bob.PollAsync(bob)).Receipts(scene.Room));
    }

    [Theory, AllDatabases]
    public async Task PrivateReceipt_FromBeforeTheRestart_ReachesItsOwnerByItself(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var (alice, bob) = (await scene.Alice.CatchUpAsync(), await scene.Bob.CatchUpAsync());
        await scene.Bob.ReadAsync(scene.Room, scene.First, type: Private);

        await scene.RestartAsync();

        Assert.True((await scene.Alice.PollAsync(alice)).IsQuiet());
        Assert.Equal(
            [Line(scene.Bob, scene.First, type: Private)], (await scene.Bob.PollAsync(bob)).Receipts(scene.Room));
    }

    [Theory, AllDatabases]
    public async Task TwoReceipts_OnOneEvent_AreToldAsTheUnthreadedOne(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var since = await scene.Alice.CatchUpAsync();

        await scene.Bob.ReadAsync(scene.Room, scene.First, "main");
        await scene.Bob.ReadAsync(scene.Room, scene.First);
        await scene.Bob.ReadAsync(scene.Room, scene.First, scene.First);

        Assert.Equal([Line(scene.Bob, scene.First)], (await scene.Alice.PollAsync(since)).Receipts(scene.Room));
        Assert.Equal([Line(scene.Bob, scene.First)], await scene.AllReceiptsAsync(scene.Alice));
        Assert.Equal([Line(scene.Bob, scene.First)], await scene.AllReceiptsAsync(scene.Bob));
    }

    [Theory, AllDatabases]
    public async Task TwoThreadedReceipts_OnOneEvent_AreToldInTwoEvents(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var since = await scene.Alice.CatchUpAsync();

        await scene.Bob.ReadAsync(scene.Room, scene.First, "main");
        await scene.Bob.ReadAsync(scene.Room, scene.First, scene.First);

        string[] expected = [Line(scene.Bob, scene.First, scene.First), Line(scene.Bob, scene.First, "main")];
        var answer = await scene.Alice.PollAsync(since);
        Assert.Equal(2, answer.ReceiptEvents(scene.Room).Count);
        Assert.Equal(expected, answer.Receipts(scene.Room));
        Assert.Equal(expected, await scene.AllReceiptsAsync(scene.Alice));
    }

    [Theory, AllDatabases]
    public async Task FirstSync_HasOnesOwnAndThoseOnTheTimeline(DatabaseKind kind)
    {
        const string LastTwo = """{"room":{"timeline":{"limit":2}}}""";
        await using var scene = await ReceiptScene.SetAsync(kind);
        var (carol, dave) = (await scene.JoinAsync("carol"), await scene.JoinAsync("dave"));
        var last = await scene.Alice.SendAsync(scene.Room, "last");
        await scene.Bob.ReadAsync(scene.Room, scene.First);
        await scene.Bob.ReadAsync(scene.Room, scene.Second, type: Private);
        await carol.ReadAsync(scene.Room, last);
        await dave.ReadAsync(scene.Room, scene.First);

        string[] bobs = [Line(scene.Bob, scene.First), Line(scene.Bob, scene.Second, type: Private), Line(carol, last)];
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal(
                bobs.Order(StringComparer.Ordinal), (await scene.Bob.PollAsync(filter: LastTwo)).Receipts(scene.Room));
            Assert.Equal([Line(carol, last)], (await scene.Alice.PollAsync(filter: LastTwo)).Receipts(scene.Room));
            scene.Live.EvictAll();
        }

        // Whoever joins gets the room as with a first sync, whatever token they have.
        var erin = await scene.Server.RegisterAsync("erin");
        var since = await erin.CatchUpAsync();
        await erin.JoinAsync(scene.Room);
        Assert.Equal([Line(carol, last)], (await erin.PollAsync(since, filter: LastTwo)).Receipts(scene.Room));
    }

    [Theory, AllDatabases]
    public async Task FirstSync_OfManyReceipts_HasThoseThatMovedLast(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind, new()
        {
            Settings = new Dictionary<string, string?> { ["Matrix:Receipts:MaxInitialReceipts"] = "2" },
        });
        List<MatrixClient> readers = [];
        foreach (var name in new[] { "carol", "dave", "erin", "frank" })
        {
            readers.Add(await scene.JoinAsync(name));
        }

        foreach (var reader in readers)
        {
            await reader.ReadAsync(scene.Room, scene.Third);
        }

        string[] expected = [Line(readers[2], scene.Third), Line(readers[3], scene.Third)];
        Assert.Equal(expected, await scene.AllReceiptsAsync(scene.Alice));
        Assert.Contains(Line(readers[0], scene.Third), await scene.AllReceiptsAsync(readers[0]));
    }

    [Theory]
    [AllDatabases("""{"room":{"ephemeral":{"not_types":["m.receipt"]}}}""")]
    [AllDatabases("""{"room":{"ephemeral":{"types":["m.typing"]}}}""")]
    [AllDatabases("""{"room":{"ephemeral":{"limit":0}}}""")]
    [AllDatabases("""{"room":{"ephemeral":{"not_rooms":["!room:of.this.test"]}}}""")]
    [AllDatabases("""{"room":{"not_rooms":["!room:of.this.test"]}}""")]
    public async Task Receipts_FilteredOut_NeitherAnswerNorEndThePoll(DatabaseKind kind, string filter)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        filter = filter.Replace("!room:of.this.test", scene.Room, StringComparison.Ordinal);
        await scene.Bob.ReadAsync(scene.Room, scene.First);
        var first = await scene.Alice.PollAsync(filter: filter);

        var poll = scene.Alice.PollAsync(first.NextBatch(), SyncAnswerExtensions.Long, filter);
        await scene.Live.WaitForPollsAsync(scene.Alice);
        await scene.Bob.ReadAsync(scene.Room, scene.Second);
        await scene.Alice.SetAccountDataAsync("org.example.end", new JsonObject { ["n"] = 1 });

        Assert.Empty(first.Receipts(scene.Room));
        var answer = await poll;
        Assert.NotNull(answer.AccountData("org.example.end"));
        Assert.Null(answer.Joined(scene.Room));
    }

    [Theory, AllDatabases]
    public async Task Receipts_OfAnOldRoom_AreNotCarriedOverToItsSuccessor(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        await scene.Bob.ReadAsync(scene.Room, scene.Third);
        var successor = await scene.Alice.UpgradeAsync(scene.Room, "12");
        await scene.Bob.JoinAsync(successor);

        var answer = await scene.Bob.PollAsync();
        Assert.Empty(answer.Receipts(successor));
        Assert.Equal([Line(scene.Bob, scene.Third)], answer.Receipts(scene.Room));
    }
}
