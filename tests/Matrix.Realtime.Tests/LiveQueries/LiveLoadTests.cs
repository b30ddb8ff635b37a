using Matrix.Realtime.Identifiers;
using Matrix.Realtime.LiveQueries;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.LiveQueries;

/// <summary>Many who watch while much happens, against a plain replay of what is stored.</summary>
public sealed class LiveLoadTests
{
    private const int Changes = 50_000;

    [Theory, AllDatabases]
    public async Task Watch_ByTwentyOverManyChanges_TellsWhatTheStoreTells(DatabaseKind kind)
    {
        await using var ground = await LiveGround.StartAsync(kind, LiveWorld.Calm);
        var world = await LiveWorld.CreateAsync(ground);
        var start = await ground.Live.GetPositionAsync();
        var end = new TaskCompletionSource<StreamPosition>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var reading = StartReaders(ground, world, start, end.Task, patience.Token);

        var load = new LiveLoad(ground);
        await load.WriteAsync(world.Writers, new StreamPosition(start.Value + (Changes / 2)));
        reading.AddRange(StartSnapshots(ground, world, await ground.Live.GetPositionAsync(), end.Task, patience.Token));
        await load.WriteAsync(world.Writers, new StreamPosition(start.Value + Changes));
        var last = await ground.Live.GetPositionAsync();
        end.SetResult(last);
        await world.EndAsync();

        Assert.Equal(20, reading.Count);
        var replay = await StoreReplay.ReadAsync(ground.Database, last);
        foreach (var (scope, seen) in reading)
        {
            var (expected, actual) = (replay.Expect(scope), await seen);
            Assert.Equal(expected.Events, actual.Events);
            Assert.Equal(expected.Latest.OrderBy(value => value.Key), actual.Latest.OrderBy(value => value.Key));
        }
    }

    private static List<(ReplayScope Scope, Task<SeenChanges> Seen)> StartReaders(
        LiveGround ground,
        LiveWorld world,
        StreamPosition start,
        Task<StreamPosition> end,
        CancellationToken cancellationToken)
    {
        var all = new ReplayScope(new LiveQuery(), start);
        var values = new ReplayScope(
            new LiveQuery { Kinds = LiveKinds.Typing | LiveKinds.Receipts, Rooms = [world.Room(0), world.Room(3)] },
            start);
        var room = new ReplayScope(new LiveQuery { Rooms = [world.Room(0)] }, start);
        return
        [
            .. Enumerable.Range(0, 4).Select(_ => Start(all, reader => reader.FollowAsync())),
            .. Enumerable.Range(0, 2).Select(_ => Start(all, reader => reader.StallAsync())),
            .. new[] { 97, 4999 }.Select(every => Start(all, reader => reader.ResumeAsync(every))),
            Start(values, reader => reader.FollowAsync()),
            Start(room, reader => reader.StallAsync()),
            .. world.Scopes(start).Select(scope => Start(scope, reader => reader.FollowAsync())),
            Start(world.Scopes(start)[1], reader => reader.StallAsync()),
            Start(world.Scopes(start)[5], reader => reader.ResumeAsync(997)),
        ];

        (ReplayScope Scope, Task<SeenChanges> Seen) Start(
            ReplayScope scope, Func<LiveReader, Task<SeenChanges>> read) =>
            (scope, Task.Run(() => read(new LiveReader(ground.Live, scope, end, cancellationToken))));
    }

    private static IEnumerable<(ReplayScope Scope, Task<SeenChanges> Seen)> StartSnapshots(
        LiveGround ground,
        LiveWorld world,
        StreamPosition now,
        Task<StreamPosition> end,
        CancellationToken cancellationToken)
    {
        foreach (var scope in new[] { new ReplayScope(new LiveQuery(), now), world.Scopes(now)[1] })
        {
            var whole = scope with { HasSnapshot = true };
            var reader = new LiveReader(ground.Live, whole, end, cancellationToken);
            yield return (whole, Task.Run(reader.FollowSnapshotAsync));
        }
    }
}
