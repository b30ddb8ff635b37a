using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Receipts;
using Matrix.Realtime.Tests.Rooms;
using Matrix.Realtime.Tests.Sync;

namespace Matrix.Realtime.Tests.UnreadCounts;

/// <summary>NOT-19, with NOT-8 to NOT-11 and NOT-23: one thread, every kind of receipt, every intermediate count.</summary>
public sealed class WorkedExampleTests
{
    [Theory]
    [AllDatabases(false)]
    [AllDatabases(true)]
    public async Task Counts_FollowReceiptsInThreadsAndBesideThem(DatabaseKind kind, bool byName)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var (alice, bob) = (await ground.RegisterAsync("alice"), await ground.RegisterAsync("bob"));
        var room = await SyncGround.CreateSharedRoomAsync(alice, bob);

        var a = await bob.SendAsync(room, "A");
        Assert.Equal("1/0", await alice.CountAsync(room));
        var b = await bob.ReplyInThreadAsync(room, a, "B");
        Assert.Equal(("2/0", "1/0 + 1/0"), await BothAsync());
        await bob.MentionAsync(room, alice, byName, thread: a);
        Assert.Equal(("3/1", "1/0 + 2/1"), await BothAsync());
        var d = await bob.MentionAsync(room, alice, byName);
        Assert.Equal(("4/2", "2/1 + 2/1"), await BothAsync());
        await bob.ReplyInThreadAsync(room, a, "E");
        Assert.Equal(("5/2", "2/1 + 3/1"), await BothAsync());
        var f = await bob.RelateAsync(room, "m.reference", a, "F");
        Assert.Equal(("6/2", "3/1 + 3/1"), await BothAsync());

        await alice.ReadAsync(room, a, "main");
        Assert.Equal(("5/2", "2/1 + 3/1"), await BothAsync());
        await alice.ReadAsync(room, b, a);
        Assert.Equal(("4/2", "2/1 + 2/1"), await BothAsync());
        await alice.ReadAsync(room, d);
        Assert.Equal(("2/0", "1/0 + 1/0"), await BothAsync());

        // A reaction counts nowhere, and may stand for the thread that it is related to.
        var reaction = await bob.ReactAsync(room, f);
        Assert.Equal(("2/0", "1/0 + 1/0"), await BothAsync());
        await alice.ReadAsync(room, reaction, a);
        Assert.Equal(("1/0", "1/0"), await BothAsync());

        async Task<(string Total, string Split)> BothAsync() => (await alice.CountAsync(room), await alice.SplitAsync(room));
    }
}
