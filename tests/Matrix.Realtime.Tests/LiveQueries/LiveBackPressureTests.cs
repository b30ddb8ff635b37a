using System.Text;
using Matrix.Realtime.AccountData;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.LiveQueries;
using Matrix.Realtime.Streams;
using Matrix.Realtime.Tests.Databases;
using Microsoft.Extensions.DependencyInjection;

namespace Matrix.Realtime.Tests.LiveQueries;

/// <summary>Watchers who do not keep up, and those who begin with the present.</summary>
public sealed class LiveBackPressureTests
{
    /// <summary>More than is kept in memory.</summary>
    private const int Many = StreamLimits.LogCapacity + 500;

    [Theory, AllDatabases]
    public async Task Watch_StalledForLong_ResumesWhole(DatabaseKind kind)
    {
        await using var ground = await LiveGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        var start = await ground.Live.GetPositionAsync();
        await alice.SendAsync(room, "first");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var stalled = ground.Live.WatchAsync(new LiveQuery(), start, patience.Token).GetAsyncEnumerator();
        Assert.True(await stalled.MoveNextAsync());

        await WriteManyAsync(ground, alice);
        await alice.SendAsync(room, "last");
        List<LiveChange> rest = [];
        while (await stalled.MoveNextAsync() && LiveGround.TextOf(stalled.Current) != "last")
        {
            rest.Add(stalled.Current);
        }

        Assert.Equal(rest.Select(change => change.Position).Order().Distinct(), rest.Select(change => change.Position));
        var latest = rest.Cast<LiveAccountData>().ToLookup(change => change.Type);
        Assert.Equal(Many / 10, latest.Count);
        Assert.All(latest, changes => Assert.Equal(9, changes.Last().Content.GetProperty("n").GetInt32()));
    }

    [Theory, AllDatabases]
    public async Task Watch_FarBehind_YieldsValuesOnceThatHaveNotMoved(DatabaseKind kind)
    {
        await using var ground = await LiveGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        var start = await ground.Live.GetPositionAsync();
        await WriteManyAsync(ground, alice);
        await alice.SendAsync(room, "last");
        await ground.RestartAsync(alice);

        var changes = await ground.WatchAsync(new LiveQuery(), start, "last");

        Assert.Equal(Many / 10, changes.Count);
        Assert.All(
            changes.Cast<LiveAccountData>(),
            change => Assert.Equal(9, change.Content.GetProperty("n").GetInt32()));
    }

    [Theory, AllDatabases]
    public async Task Snapshot_ThenWatch_LeavesNoGap(DatabaseKind kind)
    {
        await using var ground = await LiveGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var room = await alice.CreateRoomAsync();
        await bob.JoinAsync(room);
        await alice.TypeAsync(room);
        await bob.TypeAsync(room);
        await bob.TypeAsync(room, typing: false);
        await alice.SetAccountDataAsync("org.example.kept", []);
        await alice.SetAccountDataAsync("org.example.moved", new() { ["n"] = 1 });
        await alice.SetAccountDataAsync("org.example.deleted", []);
        await alice.DeleteAccountDataAsync("org.example.deleted");
        var at = await ground.Live.GetPositionAsync();
        await alice.SetAccountDataAsync("org.example.moved", new() { ["n"] = 2 });
        await bob.SendAsync(room, "end");

        var present = await ground.SnapshotAsync(new LiveQuery(), at);
        var followed = await ground.WatchAsync(new LiveQuery(), at, "end");

        var typing = Assert.Single(present.OfType<LiveTyping>());
        Assert.Equal((alice.UserId, true), (typing.UserId.Value, typing.IsTyping));
        Assert.Equal("org.example.kept", Assert.Single(present.OfType<LiveAccountData>()).Type);
        Assert.Equal(2, present.Count);
        Assert.All(present, change => Assert.True(change.Position <= at));
        var moved = (LiveAccountData)Assert.Single(followed);
        Assert.Equal(2, moved.Content.GetProperty("n").GetInt32());
    }

    [Theory, AllDatabases]
    public async Task Snapshot_OfAUser_HoldsWhatTheyMaySee(DatabaseKind kind)
    {
        await using var ground = await LiveGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var (room, other) = (await alice.CreateRoomAsync(), await alice.CreateRoomAsync());
        await bob.JoinAsync(room);
        await alice.TypeAsync(room);
        await alice.TypeAsync(other);
        await alice.SetAccountDataAsync("org.example.alice", []);
        await bob.SetAccountDataAsync("org.example.bob", []);

        var present = await ground.SnapshotAsync(new LiveQuery(), await ground.Live.GetPositionAsync(), bob);

        Assert.Equal(2, present.Count);
        Assert.Equal(room, Assert.Single(present.OfType<LiveTyping>()).RoomId.Value);
        Assert.Equal("org.example.bob", Assert.Single(present.OfType<LiveAccountData>()).Type);
    }

    /// <summary>Writes account data of many types ten times each, in turns.</summary>
    private static async Task WriteManyAsync(LiveGround ground, MatrixClient user)
    {
        var writer = ground.Services.GetRequiredService<AccountDataWriter>();
        var owner = UserId.Parse(user.UserId);
        for (var n = 0; n < 10; n++)
        {
            var content = Encoding.UTF8.GetBytes($"{{\"n\":{n}}}");
            await Task.WhenAll(Enumerable.Range(0, Many / 10).Select(type => writer.UpdateAsync(
                owner, null, $"org.example.{type}", _ => content, CancellationToken.None)));
        }
    }
}
