using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Streams;

public sealed class LiveStateTests
{
    private const int RoomCount = 12;
    private const int ChangesPerWriter = 1500;

    private static readonly RoomId[] Rooms =
        [.. Enumerable.Range(0, RoomCount).Select(index => RoomId.Parse($"!room{index}:test"))];

    [Theory, AllDatabases]
    public async Task Views_WhileKeysAreLoadedAndEvicted_AreExact(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = await StreamNode.StartAsync(database);
        node.Table.Limit = 2000;
        using var written = new CancellationTokenSource();

        var readers = Enumerable.Range(0, 4).Select(seed =>
            Task.Run(() => ReadAsync(node, seed, written.Token))).ToList();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(seed => Task.Run(() => WriteAsync(node, seed))));
        await written.CancelAsync();

        var stored = (await node.RowsAsync()).ToLookup(row => row.RoomId);
        foreach (var (at, room, count, sum) in (await Task.WhenAll(readers)).SelectMany(seen => seen))
        {
            var rows = stored[room].Where(row => row.Position <= at).ToList();
            Assert.Equal((rows.Count, rows.Sum(row => row.OriginServerTs)), (count, sum));
        }

        Assert.InRange(node.Table.LoadCount, 2 * RoomCount, int.MaxValue);
    }

    [Theory, AllDatabases]
    public async Task Key_LoadedByManyAtOnce_IsReadOnce(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = await StreamNode.StartAsync(database);

        var tallies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(node.TallyAsync)));

        Assert.All(tallies, tally => Assert.Equal(0, tally.Count));
        Assert.Equal(1, node.Table.LoadCount);
    }

    [Theory, AllDatabases]
    public async Task Snapshots_ThatGrowBeyondTheCapacity_AreEvicted(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = await StreamNode.StartAsync(database);
        node.Table.Limit = 40;

        for (var number = 0; number < 100; number++)
        {
            var room = Rooms[number % RoomCount];
            await node.Writer.SubmitAsync(
                async batch =>
                {
                    _ = await batch.GetAsync(node.Table, room);
                    StreamNode.Write(batch, new(room, StreamNode.Alice, number));
                },
                CancellationToken.None);
            Assert.InRange(node.Live.Current.Snapshots(node.Table).Values.Sum(tally => tally.Weight), 0, 40);
        }
    }

    private static async Task WriteAsync(StreamNode node, int seed)
    {
        var random = new Random(seed);
        var sender = UserId.Parse($"@writer{seed}:test");
        for (var number = 0; number < ChangesPerWriter; number += 4)
        {
            var first = number;
            await Task.WhenAll(Enumerable.Range(0, 4).Select(offset =>
                node.WriteAsync(new TestChange(Rooms[random.Next(RoomCount)], sender, first + offset))));
        }
    }

    private static async Task<List<(StreamPosition At, RoomId Room, int Count, long Sum)>> ReadAsync(
        StreamNode node, int seed, CancellationToken written)
    {
        var random = new Random(seed);
        var seen = new List<(StreamPosition At, RoomId Room, int Count, long Sum)>();
        while (!written.IsCancellationRequested && seen.Count < 5000)
        {
            // A sync keeps its view while it reads many rooms; meanwhile it grows old and rooms are evicted.
            var view = node.Live.Current;
            for (var i = 0; i < 10; i++)
            {
                node.Live.Evict(node.Table, Rooms[random.Next(RoomCount)]);
                var room = Rooms[random.Next(RoomCount)];
                var tally = await node.Live.GetAsync(view, node.Table, room, CancellationToken.None);
                seen.Add((view.Position, room, tally.Count, tally.Sum));
            }

            await Task.Yield();
        }

        return seen;
    }
}
