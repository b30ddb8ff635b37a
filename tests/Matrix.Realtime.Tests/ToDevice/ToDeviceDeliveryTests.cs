using System.Net;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Sync;

namespace Matrix.Realtime.Tests.ToDevice;

public sealed class ToDeviceDeliveryTests
{
    // SYN-65, SYN-67, TDV-3
    [Theory]
    [AllDatabases]
    public async Task Messages_ManyWaiting_ComeHundredAtATimeInOrder(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var since = await bob.CatchUpAsync();
        for (var number = 0; number < 250; number++)
        {
            await alice.SendToDeviceAsync(bob, $"{number}");
        }

        var first = await bob.PollAsync(since, SyncAnswerExtensions.Long);
        await alice.SendToDeviceAsync(bob, "250");
        var second = await bob.PollAsync(first.NextBatch(), SyncAnswerExtensions.Long);
        await alice.SendToDeviceAsync(bob, "251");
        var third = await bob.PollAsync(second.NextBatch(), SyncAnswerExtensions.Long);
        var last = await bob.PollAsync(third.NextBatch());
        await bob.SettleAsync();

        var answers = new[] { first, second, third, last };
        Assert.Equal([100, 100, 52, 0], answers.Select(answer => answer.ToDeviceTexts().Count));
        Assert.Equal(
            Enumerable.Range(0, 252).Select(number => $"{number}"), answers.SelectMany(answer => answer.ToDeviceTexts()));
        Assert.Equal(0, await database.CountMessagesAsync());
    }

    // SYN-66: a token confirms what was delivered with it, and nothing else.
    [Theory]
    [AllDatabases]
    public async Task Messages_UntilConfirmed_AreRepeated(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var since = await bob.CatchUpAsync();
        for (var number = 0; number < 120; number++)
        {
            await alice.SendToDeviceAsync(bob, $"{number}");
        }

        var first = await bob.PollAsync(since);
        var repeated = await bob.PollAsync(since);
        await bob.SettleAsync();
        var unconfirmed = await database.CountMessagesAsync();
        var initial = await bob.PollAsync();
        var second = await bob.PollAsync(first.NextBatch());
        await bob.SettleAsync();
        var confirmed = await database.CountMessagesAsync();
        var rest = await bob.PollAsync(since);
        var secondAgain = await bob.PollAsync(first.NextBatch());
        var end = await bob.PollAsync(second.NextBatch());
        await bob.SettleAsync();

        Assert.Equal(100, first.ToDeviceTexts().Count);
        Assert.Equal(first.ToDeviceTexts(), repeated.ToDeviceTexts());
        Assert.Equal(first.ToDeviceTexts(), initial.ToDeviceTexts());
        Assert.Equal((120, 20), (unconfirmed, confirmed));
        Assert.Equal(Enumerable.Range(100, 20).Select(number => $"{number}"), second.ToDeviceTexts());
        Assert.Equal(second.ToDeviceTexts(), rest.ToDeviceTexts());
        Assert.Equal(second.ToDeviceTexts(), secondAgain.ToDeviceTexts());
        Assert.Empty(end.ToDevice());
        Assert.Equal(0, await database.CountMessagesAsync());
    }

    // SYN-66: what was on its way when the server went down comes again.
    [Theory]
    [AllDatabases]
    public async Task Messages_DeliveredBeforeACrash_AreRepeatedUntilConfirmed(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var since = await bob.CatchUpAsync();
        for (var number = 0; number < 101; number++)
        {
            await alice.SendToDeviceAsync(bob, $"{number}");
        }

        var lost = await bob.PollAsync(since);
        var again = (await ground.RestartAsync(bob))[0];
        var repeated = await again.PollAsync(since);
        again = (await ground.RestartAsync(bob))[0];
        var rest = await again.PollAsync(repeated.NextBatch());
        again = (await ground.RestartAsync(bob))[0];
        var restAgain = await again.PollAsync(repeated.NextBatch());
        var end = await again.PollAsync(restAgain.NextBatch());

        Assert.Equal(Enumerable.Range(0, 100).Select(number => $"{number}"), lost.ToDeviceTexts());
        Assert.Equal(lost.ToDeviceTexts(), repeated.ToDeviceTexts());
        Assert.Equal(["100"], rest.ToDeviceTexts());
        Assert.Equal(["100"], restAgain.ToDeviceTexts());
        Assert.Empty(end.ToDevice());
    }

    // SYN-65, SYN-66
    [Theory]
    [AllDatabases]
    public async Task Messages_ToTwoDevices_AreConfirmedByEachForItself(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var laptop = await ground.RegisterAsync("bob");
        var phone = await ground.Server.LoginAsync("bob");
        var (laptopSince, phoneSince) = (await laptop.CatchUpAsync(), await phone.CatchUpAsync());
        await alice.SendToDeviceAsync(laptop, "both", "*");

        var delivered = await laptop.PollAsync(laptopSince);
        var next = await laptop.PollAsync(delivered.NextBatch());
        await alice.SettleAsync();

        Assert.Equal(["both"], delivered.ToDeviceTexts());
        Assert.Empty(next.ToDevice());
        Assert.Equal(["both"], (await phone.PollAsync(phoneSince)).ToDeviceTexts());
        Assert.Empty((await laptop.PollAsync(laptopSince)).ToDevice());
    }

    // TDV-3, SYN-65
    [Theory]
    [AllDatabases]
    public async Task Messages_OfManySendersAtOnce_ComeOnceAndInTheOrderOfEach(DatabaseKind kind)
    {
        const int Senders = 8;
        const int Each = 40;
        await using var ground = await SyncGround.StartAsync(kind);
        var bob = await ground.RegisterAsync("bob");
        var since = await bob.CatchUpAsync();
        var senders = new List<MatrixClient>();
        for (var sender = 0; sender < Senders; sender++)
        {
            senders.Add(await ground.RegisterAsync($"sender{sender}"));
        }

        var sending = Task.WhenAll(senders.Select(async sender =>
        {
            for (var number = 0; number < Each; number++)
            {
                await sender.SendToDeviceAsync(bob, $"{sender.UserId} {number:000}");
            }
        }));
        List<string> seen = [];
        while (seen.Count < Senders * Each)
        {
            var answer = await bob.PollAsync(since, SyncAnswerExtensions.Long);
            var repeated = await bob.PollAsync(since);
            Assert.Equal(answer.ToDeviceTexts(), repeated.ToDeviceTexts().Take(answer.ToDeviceTexts().Count));
            seen.AddRange(answer.ToDeviceTexts());
            since = answer.NextBatch();
        }

        await sending;
        Assert.Equal(Senders * Each, seen.Distinct().Count());
        Assert.Equal(Senders * Each, seen.Count);
        Assert.All(
            seen.GroupBy(text => text.Split(' ')[0]),
            texts => Assert.Equal(texts.Order(StringComparer.Ordinal), texts));
        Assert.Empty((await bob.PollAsync(since)).ToDevice());
    }

    // SYN-67: only the device that a message is for is woken by it.
    [Theory]
    [AllDatabases]
    public async Task Message_Arriving_WakesItsDeviceAlone(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var laptop = await ground.RegisterAsync("bob");
        var phone = await ground.Server.LoginAsync("bob");
        await SyncGround.CreateSharedRoomAsync(alice, laptop);
        var (laptopSince, phoneSince) = (await laptop.CatchUpAsync(), await phone.CatchUpAsync());
        var waiting = laptop.PollAsync(laptopSince, SyncAnswerExtensions.Long);
        var woken = phone.PollAsync(phoneSince, SyncAnswerExtensions.Long, """{"room":{"rooms":[]}}""");
        await ground.Live.WaitForWaitsAsync(2);

        await alice.SendToDeviceAsync(phone, "ring");

        Assert.Equal(["ring"], (await woken).ToDeviceTexts());
        Assert.Equal(1, ground.Live.Wakes);
        Assert.False(waiting.IsCompleted);
        await alice.SendToDeviceAsync(laptop, "you too");
        Assert.Equal(["you too"], (await waiting).ToDeviceTexts());
    }

    // Invariant: a poll reads no database for messages, and confirming nothing writes nothing.
    [Theory]
    [AllDatabases]
    public async Task Poll_WithOrWithoutMessages_ReadsAndWritesNoMoreThanItMust(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var since = (await bob.PollAsync(await bob.CatchUpAsync())).NextBatch();
        await alice.SendToDeviceAsync(bob, "warm");
        var delivered = await bob.PollAsync(since);
        var before = ground.Live.Commands;

        var again = await bob.PollAsync(since);
        var confirmed = await bob.PollAsync(delivered.NextBatch());
        await alice.GetAsync("account/whoami").ExpectAsync();
        var read = ground.Live.Commands - before;
        await bob.SettleAsync();
        var after = (await bob.PollAsync(confirmed.NextBatch())).NextBatch();
        var later = (await bob.PollAsync(after)).NextBatch();

        Assert.Equal(["warm"], again.ToDeviceTexts());
        Assert.Empty(confirmed.ToDevice());
        Assert.Equal(0, read);
        Assert.Equal(after, later);
    }

    // Of a device that never comes for its messages the oldest are dropped.
    [Theory]
    [AllDatabases]
    public async Task Messages_TooManyWaiting_LoseTheOldest(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        await database.FillQueueAsync(bob, 20_100);
        for (var number = 20_100; number < 20_356; number++)
        {
            await alice.SendToDeviceAsync(bob, $"{number}");
        }

        var oldest = (await bob.PollAsync()).ToDeviceTexts()[0];
        var left = await database.CountMessagesAsync();

        Assert.Equal(("355", 20_001), (oldest, left));
    }

    // The token of a truncated answer is a position as good as any.
    [Theory]
    [AllDatabases]
    public async Task TruncatedToken_IsTakenWherePositionsAre(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        await alice.SendAsync(roomId, "hello");
        for (var number = 0; number < 101; number++)
        {
            await alice.SendToDeviceAsync(alice, $"{number}");
        }

        var token = (await alice.PollAsync()).NextBatch();
        await alice.SendAsync(roomId, "after");
        var room = MatrixClient.Escape(roomId);
        var messages = await alice.GetAsync($"rooms/{room}/messages?dir=b&limit=1&from={token}").ExpectAsync();
        var members = await alice.GetAsync($"rooms/{room}/members?at={token}").ExpectAsync();
        var next = await alice.PollAsync(token);

        Assert.Contains('_', token);
        Assert.Equal("hello", (string)messages["chunk"]![0]!["content"]!["body"]!);
        Assert.Single(members["chunk"]!.AsArray());
        Assert.Equal(["after"], next.Joined(roomId).Texts());
        Assert.Equal(["100"], next.ToDeviceTexts());
        await alice.GetAsync($"sync?since={token}9").ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");
    }
}
