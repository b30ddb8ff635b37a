using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Sync;
using static Matrix.Realtime.Tests.Receipts.ReceiptRequests;

namespace Matrix.Realtime.Tests.Receipts;

/// <summary>Who sees which receipts, and whom they wake: RCP-26, RCP-27, RCP-29 to RCP-31.</summary>
public sealed class ReceiptVisibilityTests
{
    [Theory, AllDatabases]
    public async Task PublicReceipt_EndsThePollsOfEveryMember(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var carol = await scene.JoinAsync("carol");
        var phone = await scene.Server.LoginAsync("bob");
        MatrixClient[] waiting = [scene.Alice, carol, phone];
        var polls = new List<Task<JsonObject>>();
        foreach (var user in waiting)
        {
            polls.Add(user.PollAsync(await user.CatchUpAsync(), SyncAnswerExtensions.Long));
            await scene.Live.WaitForPollsAsync(user);
        }

        await scene.Bob.ReadAsync(scene.Room, scene.Third);

        Assert.All(
            await Task.WhenAll(polls),
            answer => Assert.Equal([Line(scene.Bob, scene.Third)], answer.Receipts(scene.Room)));
    }

    [Theory, AllDatabases]
    public async Task PrivateReceipt_ReachesItsOwnersDevicesOnly(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var phone = await scene.Server.LoginAsync("bob");
        var (alice, bob) = (await scene.Alice.CatchUpAsync(), await phone.CatchUpAsync());
        var alices = scene.Alice.PollAsync(alice, SyncAnswerExtensions.Long);
        var bobs = phone.PollAsync(bob, SyncAnswerExtensions.Long);
        await scene.Live.WaitForPollsAsync(scene.Alice);
        await scene.Live.WaitForPollsAsync(phone);

        await scene.Bob.ReadAsync(scene.Room, scene.Third, type: Private);
        Assert.Equal([Line(scene.Bob, scene.Third, type: Private)], (await bobs).Receipts(scene.Room));
        await scene.Bob.ReadAsync(scene.Room, scene.Second, "main", Private);
        await scene.Bob.ReadAsync(scene.Room, scene.First);

        // Only the public one ends Alice's poll, and shows nothing of the others.
        Assert.Equal([Line(scene.Bob, scene.First)], (await alices).Receipts(scene.Room));
        for (var round = 0; round < 2; round++)
        {
            foreach (var since in new[] { null, alice, "s0" })
            {
                var answer = await scene.Alice.PollAsync(since);
                Assert.DoesNotContain(Private, answer.ToJsonString(), StringComparison.Ordinal);
                Assert.Equal([Line(scene.Bob, scene.First)], answer.Receipts(scene.Room));
                Assert.Equal(3, (await phone.PollAsync(since)).Receipts(scene.Room).Count);
            }

            scene.Live.EvictAll();
        }
    }

    [Theory, AllDatabases]
    public async Task Receipts_OfIgnoredUsers_AreLeftOutUntilTheyAreNoLongerIgnored(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var carol = await scene.JoinAsync("carol");
        await scene.IgnoreAsync(scene.Alice, scene.Bob);
        var since = await scene.Alice.CatchUpAsync();

        var poll = scene.Alice.PollAsync(since, SyncAnswerExtensions.Long);
        await scene.Live.WaitForPollsAsync(scene.Alice);
        await scene.Bob.ReadAsync(scene.Room, scene.Third);
        await scene.Bob.ReadAsync(scene.Room, scene.Third, type: Private);
        await carol.ReadAsync(scene.Room, scene.Second);

        Assert.Equal([Line(carol, scene.Second)], (await poll).Receipts(scene.Room));
        Assert.Equal([Line(carol, scene.Second)], (await scene.Alice.PollAsync(since)).Receipts(scene.Room));
        Assert.Equal([Line(carol, scene.Second)], await scene.AllReceiptsAsync(scene.Alice));

        since = await scene.Alice.CatchUpAsync();
        await scene.IgnoreAsync(scene.Alice);
        Assert.Equal([Line(scene.Bob, scene.Third)], (await scene.Alice.PollAsync(since)).Receipts(scene.Room));
    }

    [Theory, AllDatabases]
    public async Task Receipt_AfterOneLeft_IsNotTold(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var carol = await scene.JoinAsync("carol");
        await scene.Bob.ReadAsync(scene.Room, scene.First);
        var since = await carol.CatchUpAsync();
        await scene.Bob.ReadAsync(scene.Room, scene.Second);
        await carol.LeaveAsync(scene.Room);
        await scene.Bob.ReadAsync(scene.Room, scene.Third);

        var left = await carol.PollAsync(since);
        Assert.NotNull(left.Left(scene.Room));
        Assert.DoesNotContain("m.receipt", left.ToJsonString(), StringComparison.Ordinal);
        await scene.Alice.ReadAsync(scene.Room, scene.Third);
        Assert.True((await carol.PollAsync(left.NextBatch())).IsQuiet());

        await carol.JoinAsync(scene.Room);
        string[] expected = [Line(scene.Alice, scene.Third), Line(scene.Bob, scene.Third)];
        Assert.Equal(expected, (await carol.PollAsync(left.NextBatch())).Receipts(scene.Room));
    }
}
