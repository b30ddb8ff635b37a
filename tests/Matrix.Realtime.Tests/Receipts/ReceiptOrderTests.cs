using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Rooms;
using Matrix.Realtime.Tests.Sync;
using static Matrix.Realtime.Tests.Receipts.ReceiptRequests;

namespace Matrix.Realtime.Tests.Receipts;

/// <summary>Each key moves by itself, and only forward: RCP-8 to RCP-12, RCP-28.</summary>
public sealed class ReceiptOrderTests
{
    [Theory, AllDatabases]
    public async Task Receipt_RepeatedOrOlder_ChangesNothing(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        (string, string?)[] keys = [(Public, null), (Private, null), (Public, "main"), (Private, scene.Second)];
        foreach (var (type, thread) in keys)
        {
            await scene.Bob.ReadAsync(scene.Room, scene.Second, thread, type);
            var (alice, bob) = (await scene.Alice.CatchUpAsync(), await scene.Bob.CatchUpAsync());

            await scene.Bob.ReadAsync(scene.Room, scene.Second, thread, type);
            if (thread != scene.Second)
            {
                await scene.Bob.ReadAsync(scene.Room, scene.First, thread, type);
            }

            // Not even a position is taken.
            Assert.Equal(alice, (await scene.Alice.PollAsync(alice)).NextBatch());
            Assert.True((await scene.Bob.PollAsync(bob)).IsQuiet());
        }

        string[] expected = [Line(scene.Bob, scene.Second), Line(scene.Bob, scene.Second, type: Private)];
        Assert.Equal(expected, await scene.AllReceiptsAsync(scene.Bob));
    }

    [Theory, AllDatabases]
    public async Task Receipt_RepeatedOrOlder_WakesNobody(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        await scene.Bob.ReadAsync(scene.Room, scene.Second);
        var since = await scene.Alice.CatchUpAsync();

        var poll = scene.Alice.PollAsync(since, SyncAnswerExtensions.Long);
        await scene.Live.WaitForPollsAsync(scene.Alice);
        await scene.Bob.ReadAsync(scene.Room, scene.Second);
        await scene.Bob.ReadAsync(scene.Room, scene.First);
        await scene.Bob.SetMarkersAsync(scene.Room, new() { [Public] = scene.First });
        await scene.Alice.SetAccountDataAsync("org.example.end", new() { ["n"] = 1 });

        var answer = await poll;
        Assert.NotNull(answer.AccountData("org.example.end"));
        Assert.Null(answer.Joined(scene.Room));
    }

    // Beyond what live state holds of a room.
    [Theory, AllDatabases]
    public async Task Receipts_OnOneOldEventAtOnce_LookForItOnce(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        List<MatrixClient> readers = [scene.Bob];
        for (var i = 0; i < 7; i++)
        {
            readers.Add(await scene.JoinAsync($"reader{i}"));
        }

        List<string> events = [];
        for (var i = 0; i < 150; i++)
        {
            events.Add(await scene.Alice.SendAsync(scene.Room, $"{i}"));
        }

        await Task.WhenAll(readers.Select(reader => reader.ReadAsync(scene.Room, scene.First)));
        var before = scene.Live.Commands;
        await ReadAtOnceAsync(events[70]);
        Assert.Equal(before + 1, scene.Live.Commands);

        // Who reads on needs no further look.
        await ReadAtOnceAsync(events[71]);
        await ReadAtOnceAsync(events[80]);

        Assert.Equal(before + 1, scene.Live.Commands);
        Assert.Equal(
            readers.Select(reader => Line(reader, events[80])).Order(StringComparer.Ordinal),
            (await scene.Alice.PollAsync(filter: """{"room":{"timeline":{"limit":100}}}""")).Receipts(scene.Room));

        Task ReadAtOnceAsync(string eventId) =>
            Task.WhenAll(readers.Select(reader => Task.Run(() => reader.ReadAsync(scene.Room, eventId))));
    }

    [Theory, AllDatabases]
    public async Task Receipts_OfDifferentKeys_MoveByThemselves(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var (bob, room) = (scene.Bob, scene.Room);
        var reply = await scene.Alice.ReplyInThreadAsync(room, scene.First);

        await bob.ReadAsync(room, reply, scene.First);
        await bob.ReadAsync(room, scene.Third, "main");
        await bob.ReadAsync(room, scene.Second, type: Private);
        await bob.ReadAsync(room, scene.First);
        await bob.ReadAsync(room, scene.First, scene.First, Private);

        string[] expected =
        [
            Line(bob, reply, scene.First),
            Line(bob, scene.Third, "main"),
            Line(bob, scene.Second, type: Private),
            Line(bob, scene.First),
            Line(bob, scene.First, scene.First, Private),
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), await scene.AllReceiptsAsync(bob));
        await scene.RestartAsync();
        Assert.Equal(expected.Order(StringComparer.Ordinal), await scene.AllReceiptsAsync(scene.Bob));

        // What was reached before the restart is still not gone back from.
        await scene.Bob.ReadAsync(room, scene.Second, "main");
        Assert.Equal(expected.Order(StringComparer.Ordinal), await scene.AllReceiptsAsync(scene.Bob));
    }

    [Theory, AllDatabases]
    public async Task PublicReceipt_BehindThePrivateOne_IsStoredAndTold(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        await scene.Bob.ReadAsync(scene.Room, scene.Third, type: Private);
        var since = await scene.Alice.CatchUpAsync();

        await scene.Bob.ReadAsync(scene.Room, scene.Second);
        Assert.Equal([Line(scene.Bob, scene.Second)], (await scene.Alice.PollAsync(since)).Receipts(scene.Room));
        await scene.Bob.ReadAsync(scene.Room, scene.Third);

        Assert.Equal([Line(scene.Bob, scene.Third)], (await scene.Alice.PollAsync(since)).Receipts(scene.Room));
        string[] own = [Line(scene.Bob, scene.Third), Line(scene.Bob, scene.Third, type: Private)];
        Assert.Equal(own, await scene.AllReceiptsAsync(scene.Bob));
    }

    [Theory, AllDatabases]
    public async Task Receipts_OfTwoDevicesAtOnce_EndAtTheFurthestAndNeverGoBack(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var phone = await scene.Server.LoginAsync("bob");
        var events = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            events.Add(await scene.Alice.SendAsync(scene.Room, $"{i}"));
        }

        var since = await scene.Alice.CatchUpAsync();
        var random = new Random(7);
        string[][] orders = [.. Enumerable.Range(0, 4).Select(_ => events.OrderBy(_ => random.Next()).ToArray())];
        var reading = Task.WhenAll(orders.Select((order, index) => Task.Run(async () =>
        {
            foreach (var eventId in order)
            {
                await (index % 2 == 0 ? scene.Bob : phone).ReadAsync(scene.Room, eventId);
            }
        })));
        var seen = new List<int>();
        while (seen.LastOrDefault() != events.Count - 1)
        {
            var answer = await scene.Alice.PollAsync(since, SyncAnswerExtensions.Long);
            since = answer.NextBatch();
            seen.AddRange(answer.Receipts(scene.Room).Select(line => events.IndexOf(line.Split(' ')[0])));
        }

        await reading;
        Assert.Equal(seen.Order().Distinct(), seen);
        Assert.True((await scene.Alice.PollAsync(since)).IsQuiet());
        Assert.Equal([Line(scene.Bob, events[^1])], await scene.AllReceiptsAsync(scene.Bob));
    }
}
