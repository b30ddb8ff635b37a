using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;
using Matrix.Realtime.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Tests.Streams;

public sealed class AppliedStreamTests
{
    private const int Writers = 8;
    private const int Readers = 8;
    private const int ChangesPerWriter = 12_500;
    private const int InFlight = 64;

    private static readonly TimeSpan LostWakeUp = TimeSpan.FromMinutes(1);

    [Theory, AllDatabases]
    public async Task Stream_ManyWritersAndReaders_EveryReaderSeesEveryChangeOnceInOrder(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = await StreamNode.StartAsync(database);
        var start = node.Live.Current.Position;

        var feeds = Enumerable.Range(0, Readers).Select(index =>
            node.Live.Follow(UserId.Parse($"@reader{index}:test"), _ => [StreamNode.Room])!).ToList();

        var readers = feeds.Select(feed => Task.Run(() => ReadAsync(node, feed, start))).ToList();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(index => Task.Run(() => WriteAsync(node, index))));
        var seen = await Task.WhenAll(readers);

        foreach (var changes in seen)
        {
            Assert.Equal(Writers * ChangesPerWriter, changes.Count);
            Assert.All(changes, (change, index) => Assert.Equal(start.Value + index + 1, change.Position.Value));
            var numbers = changes.ToLookup(change => change.Sender, change => change.Number);
            Assert.Equal(Writers, numbers.Count);
            Assert.All(numbers, sent => Assert.Equal(Enumerable.Range(0, ChangesPerWriter).Select(n => (long)n), sent));
        }
    }

    private static async Task WriteAsync(StreamNode node, int index)
    {
        var sender = UserId.Parse($"@writer{index}:test");
        var answers = new Queue<Task>(InFlight);
        for (var number = 0; number < ChangesPerWriter; number++)
        {
            if (answers.Count == InFlight)
            {
                await answers.Dequeue();
            }

            answers.Enqueue(node.WriteAsync(new TestChange(StreamNode.Room, sender, number)));
        }

        await Task.WhenAll(answers);
    }

    private static async Task<List<Seen>> ReadAsync(StreamNode node, UserFeed feed, StreamPosition since)
    {
        var seen = new List<Seen>(Writers * ChangesPerWriter);
        while (seen.Count < Writers * ChangesPerWriter)
        {
            using var signal = feed.Capture(TestInterest.Everything);
            var view = node.Live.Current;
            var news = await ReadAsync(node, since, view.Position);
            if (news.Count == 0)
            {
                await signal.Completion.WaitAsync(LostWakeUp);
                continue;
            }

            Assert.True(feed.TryGetChangedRooms(since, out var rooms));
            Assert.Equal([StreamNode.Room], rooms);
            seen.AddRange(news);
            since = view.Position;
        }

        return seen;
    }

    private static async Task<List<Seen>> ReadAsync(StreamNode node, StreamPosition since, StreamPosition through)
    {
        await using var database = await node.Databases.CreateDbContextAsync();
        return await database.Set<EventRow>()
            .Where(row => row.Position > since && row.Position <= through)
            .OrderBy(row => row.Position)
            .Select(row => new Seen(row.Position, row.Sender, row.OriginServerTs))
            .ToListAsync();
    }

    private readonly record struct Seen(StreamPosition Position, UserId Sender, long Number);
}
