using Matrix.Realtime.Rooms.Writing;
using Matrix.Realtime.Streams;
using Matrix.Realtime.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Tests.Streams;

/// <summary>Two processes at one database: what a backplane will stand on.</summary>
public sealed class SeveralWritersTests
{
    [Theory, AllDatabases]
    public async Task Writer_WhoseHeadWasMoved_AppliesThatFirstAndEvaluatesAgain(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var first = await StreamNode.StartAsync(database);
        await using var second = await StreamNode.StartAsync(database);
        _ = await first.TallyAsync();
        _ = await second.TallyAsync();

        var position = await second.WriteAsync(1);
        var evaluations = new List<int>();
        var next = await first.Writer.SubmitAsync(
            async batch =>
            {
                evaluations.Add((await batch.GetAsync(first.Table, StreamNode.Room)).Count);
                return StreamNode.Write(batch, new(StreamNode.Room, StreamNode.Alice, 2));
            },
            CancellationToken.None);

        Assert.Equal(position.Next, next);
        Assert.Equal([0, 1], evaluations);
        Assert.Equal(3, (await first.TallyAsync()).Sum);
    }

    [Theory, AllDatabases]
    public async Task Writer_WhoseRowsWereChangedWithoutAPosition_EvaluatesAgain(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var first = await StreamNode.StartAsync(database);
        await using var second = await StreamNode.StartAsync(database);
        await first.WriteAsync(1);
        await second.WriteAsync(2);
        var answers = new List<bool>();

        // The first to ask is overtaken while it is being evaluated.
        var inserted = await second.Writer.SubmitAsync(
            async batch =>
            {
                var isInserted = await TryInsertAsync(batch);
                if (answers.Count == 0)
                {
                    Assert.True(await first.Writer.SubmitAsync(TryInsertAsync, CancellationToken.None));
                }

                answers.Add(isInserted);
                return isInserted;
            },
            CancellationToken.None);

        Assert.False(inserted);
        Assert.Equal([true, false], answers);
    }

    [Theory, AllDatabases]
    public async Task Writers_AtOnce_ShareOneContiguousStream(DatabaseKind kind)
    {
        const int ChangesEach = 1000;
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var first = await StreamNode.StartAsync(database);
        await using var second = await StreamNode.StartAsync(database);
        var start = second.Live.Current.Position;
        StreamNode[] nodes = [first, second];
        foreach (var node in nodes)
        {
            _ = await node.TallyAsync();
        }

        await Task.WhenAll(nodes.Select((node, index) => Task.WhenAll(Enumerable.Range(0, ChangesEach).Select(
            number => node.WriteAsync((index * ChangesEach) + number)))));
        var last = await first.WriteAsync(1_000_000);
        var afterLast = await second.WriteAsync(2_000_000);

        Assert.Equal(last.Next, afterLast);
        var rows = await first.RowsAsync();
        Assert.Equal((2 * ChangesEach) + 2, rows.Count);
        Assert.All(rows, (row, index) => Assert.Equal(start.Value + 1 + index, row.Position.Value));
        Assert.Equal(rows.Sum(row => row.OriginServerTs), (await second.TallyAsync()).Sum);
        Assert.Equal(rows.Sum(row => row.OriginServerTs) - 2_000_000, (await first.TallyAsync()).Sum);
    }

    private static async ValueTask<bool> TryInsertAsync(ChangeBatch batch)
    {
        var isTaken = await batch.ReadAsync((database, cancellationToken) =>
            database.Set<SigningKeyRow>().AnyAsync(row => row.KeyId == "key", cancellationToken));
        if (!isTaken)
        {
            batch.Insert(new SigningKeyRow { KeyId = "key", Seed = [] });
        }

        return !isTaken;
    }
}
