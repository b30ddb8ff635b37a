using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Streams;

public sealed class ChangeReaderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Theory, AllDatabases]
    public async Task GetPosition_BeforeTheStart_WaitsForIt(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = StreamNode.Build(database);

        var position = node.Reader.GetPositionAsync(CancellationToken.None);
        Assert.False(position.IsCompleted);
        await node.StartAsync();

        Assert.Equal(node.Live.Current.Position, await position.WaitAsync(Patience));
    }

    [Theory, AllDatabases]
    public async Task Follow_FromBeforeTheStart_FollowsFromIt(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = StreamNode.Build(database);
        using var patience = new CancellationTokenSource(Patience);
        await using var pages = node.Reader.FollowAsync(
            new ChangeRange(StreamPosition.Never, StreamPosition.Never), patience.Token).GetAsyncEnumerator();

        var next = pages.MoveNextAsync();
        await node.StartAsync();
        var written = await node.WriteAsync(1);

        Assert.True(await next);
        Assert.Equal(written, Assert.Single(pages.Current.Page.Changes).Position);
        Assert.Equal(written, pages.Current.View.Position);
    }

    [Theory, AllDatabases]
    public async Task Follow_OfMoreThanAPage_YieldsPageAfterPage(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = await StreamNode.StartAsync(database);
        var start = node.Live.Current.Position;
        using var patience = new CancellationTokenSource(Patience);
        List<long> numbers = [];
        for (var number = 0; number < 10; number++)
        {
            await node.WriteAsync(number);
        }

        await foreach (var (_, page) in node.Reader.FollowAsync(
            new ChangeRange(start, StreamPosition.Never) { Limit = 3 }, patience.Token))
        {
            Assert.True(page.Changes.Count <= 3);
            numbers.AddRange(page.Changes.Cast<TestChange>().Select(change => change.Number));
            if (page.Through == node.Live.Current.Position)
            {
                break;
            }
        }

        Assert.Equal(Enumerable.Range(0, 10).Select(number => (long)number), numbers);
    }
}
