using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Tests.Databases;
using Npgsql;

namespace Matrix.Realtime.Tests.Streams;

public sealed class FailureTests
{
    [Theory, AllDatabases]
    public async Task Database_FailsInMidBatch_AnswersAllCallersAndAppliesNothing(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = await StreamNode.StartAsync(database);
        var head = node.Live.Current.Position;
        _ = await node.TallyAsync();

        var callers = await SubmitAsBatchAsync(node, FaultyCommitter.Fault.Fails, 1, 2, 3);

        await AssertUnavailableAsync(callers);
        Assert.Equal(head, node.Live.Current.Position);
        Assert.Equal(0, (await node.TallyAsync()).Count);
        Assert.Empty(await node.RowsAsync());
        Assert.Equal(head.Next, await node.WriteAsync(4));
    }

    [Theory, AllDatabases]
    public async Task Row_ThatTheDatabaseRefuses_WritesNothingOfItsBatch(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = await StreamNode.StartAsync(database);
        var head = await node.WriteAsync(1);

        // The event id is taken.
        var callers = await SubmitAsBatchAsync(node, FaultyCommitter.Fault.None, 2, 1, 3);

        await AssertUnavailableAsync(callers);
        Assert.Equal(head, node.Live.Current.Position);
        Assert.Equal([1], (await node.RowsAsync()).Select(row => row.OriginServerTs));
        Assert.Equal(head.Next, await node.WriteAsync(4));
    }

    [Theory, AllDatabases]
    public async Task CommitAnswer_Lost_IsFoundInTheHeadRow(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = await StreamNode.StartAsync(database);
        var head = node.Live.Current.Position;
        _ = await node.TallyAsync();

        var callers = await SubmitAsBatchAsync(node, FaultyCommitter.Fault.LosesAnswer, 1, 2);

        Assert.Equal([head.Next, head.Next.Next], await Task.WhenAll(callers));
        Assert.Equal((2, 3), await ReadTallyAsync(node));
        await node.WriteAsync(4);
        Assert.Equal((3, 7), await ReadTallyAsync(node));
        Assert.Equal(3, (await node.RowsAsync()).Count);
    }

    [Theory, AllDatabases]
    public async Task CommitAnswer_LostWhileTheHeadCannotBeRead_IsAppliedBeforeTheNextBatch(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = await StreamNode.StartAsync(database);
        var head = node.Live.Current.Position;
        _ = await node.TallyAsync();
        var told = 0;

        var release = await node.HoldAsync();
        var caller = node.Writer.SubmitAsync(
            batch =>
            {
                batch.OnApplied(() => told++);
                return ValueTask.FromResult(StreamNode.Write(batch, new(StreamNode.Room, StreamNode.Alice, 1)));
            },
            CancellationToken.None);
        node.Committer.Next(FaultyCommitter.Fault.LosesAnswer);
        node.HeadReads.Next(4);
        release();

        await AssertUnavailableAsync([caller]);
        Assert.Equal(head, node.Live.Current.Position);
        await AssertUnavailableAsync([node.WriteAsync(2)]);
        Assert.Equal(0, told);

        var seen = await node.Writer.SubmitAsync(
            batch => batch.GetAsync(node.Table, StreamNode.Room), CancellationToken.None);

        Assert.Equal((1, 1), (seen.Count, seen.Sum));
        Assert.Equal(1, told);
        Assert.Equal(head.Next.Next, await node.WriteAsync(3));
        Assert.Equal((2, 4), await ReadTallyAsync(node));
    }

    [Theory, AllDatabases]
    public async Task Commit_CarriedOutAfterItWasGivenUp_IsAppliedOnce(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = await StreamNode.StartAsync(database);
        var head = node.Live.Current.Position;
        _ = await node.TallyAsync();

        await AssertUnavailableAsync(await SubmitAsBatchAsync(node, FaultyCommitter.Fault.SucceedsLate, 1));
        var position = await node.WriteAsync(2);

        Assert.Equal(head.Next.Next, position);
        Assert.Equal((2, 3), await ReadTallyAsync(node));
        Assert.Equal([1, 2], (await node.RowsAsync()).Select(row => row.OriginServerTs));
    }

    [Theory, AllDatabases]
    public async Task LiveState_ThatCannotApplyACommittedChange_ReadsItBack(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = await StreamNode.StartAsync(database);
        await node.WriteAsync(1);
        _ = await node.TallyAsync();

        var position = await node.WriteAsync(new TestChange(StreamNode.Room, StreamNode.Alice, 2) { IsPoison = true });

        Assert.Equal(position, node.Live.Current.Position);
        Assert.Equal((2, 3), await ReadTallyAsync(node));
        Assert.Equal(position.Next, await node.WriteAsync(3));
        Assert.Equal((3, 6), await ReadTallyAsync(node));
    }

    [Theory, AllDatabases]
    public async Task Follower_ThatThrows_HarmsNobodyElse(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = await StreamNode.StartAsync(database);
        var feed = node.Live.Follow(StreamNode.Alice, _ => [StreamNode.Room])!;
        using var broken = feed.Capture(new TestInterest(_ => throw new InvalidDataException("bug")));
        using var sound = feed.Capture(TestInterest.Everything);
        var isTold = false;

        await node.Writer.SubmitAsync(
            batch =>
            {
                batch.OnApplied(() => throw new InvalidDataException("bug"));
                batch.OnApplied(() => isTold = true);
                StreamNode.Write(batch, new(StreamNode.Room, StreamNode.Alice, 1));
                return ValueTask.CompletedTask;
            },
            CancellationToken.None);

        Assert.True(isTold);
        await sound.Completion;
        await Assert.ThrowsAsync<InvalidDataException>(() => broken.Completion);
        await node.WriteAsync(2);
    }

    [Theory]
    [AllDatabases(false)]
    [AllDatabases(true)]
    public async Task Change_WhoseReadFails_IsAnsweredAsUnavailable(DatabaseKind kind, bool isWrapped)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = await StreamNode.StartAsync(database);
        var gone = new NpgsqlException("The connection is gone.");
        Exception failure = isWrapped ? new InvalidOperationException("transient", gone) : gone;

        var release = await node.HoldAsync();
        var reader = node.Writer.SubmitAsync(
            ValueTask<StreamPosition> (_) => throw failure, CancellationToken.None);
        var mate = node.WriteAsync(1);
        release();

        await AssertUnavailableAsync([reader]);
        Assert.Equal(node.Live.Current.Position, await mate);
    }

    private static async Task<List<Task<StreamPosition>>> SubmitAsBatchAsync(
        StreamNode node, FaultyCommitter.Fault fault, params long[] numbers)
    {
        var release = await node.HoldAsync();
        var callers = numbers.Select(number => node.WriteAsync(number)).ToList();
        node.Committer.Next(fault);
        release();
        await Task.WhenAny(Task.WhenAll(callers));
        return callers;
    }

    private static async Task AssertUnavailableAsync(IEnumerable<Task<StreamPosition>> callers)
    {
        foreach (var caller in callers)
        {
            Assert.Equal(503, (await Assert.ThrowsAsync<MatrixException>(() => caller)).StatusCode);
        }
    }

    private static async Task<(int Count, long Sum)> ReadTallyAsync(StreamNode node)
    {
        var tally = await node.TallyAsync();
        return (tally.Count, tally.Sum);
    }
}
