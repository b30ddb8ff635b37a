using Matrix.Realtime.Errors;
using Matrix.Realtime.Tests.Databases;
using Microsoft.Extensions.Time.Testing;

namespace Matrix.Realtime.Tests.Streams;

public sealed class StreamStartTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory, AllDatabases]
    public async Task Positions_AfterARestart_MoveOnWithTheClock(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var time = new FakeTimeProvider(Now);
        await using (var first = await StreamNode.StartAsync(database, time))
        {
            Assert.Equal((Now.ToUnixTimeSeconds() << 20) + 1, (await first.WriteAsync(1)).Value);
        }

        time.Advance(TimeSpan.FromSeconds(1));
        await using var second = await StreamNode.StartAsync(database, time);

        Assert.Equal(((Now.ToUnixTimeSeconds() + 1) << 20) + 1, (await second.WriteAsync(2)).Value);
    }

    [Theory, AllDatabases]
    public async Task Positions_AfterARestartWithTheClockGoneBack_MoveOn(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var first = await StreamNode.StartAsync(database, new FakeTimeProvider(Now));
        var last = await first.WriteAsync(1);
        await first.StopAsync();

        await using var second = await StreamNode.StartAsync(database, new FakeTimeProvider(Now.AddDays(-1)));

        var start = second.Live.Current.Position;
        Assert.True(start > last);
        Assert.True(await second.WriteAsync(2) > start);
        Assert.Equal(3, (await second.TallyAsync()).Sum);
    }

    [Theory, AllDatabases]
    public async Task Stop_WithQueuedChanges_AnswersThemAndTakesNoMore(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = await StreamNode.StartAsync(database);

        var release = await node.HoldAsync();
        var queued = Enumerable.Range(0, 1000).Select(number => node.WriteAsync(number)).ToList();
        var stopping = node.Writer.StopAsync(CancellationToken.None);
        var late = node.WriteAsync(1000);
        release();
        await stopping;

        Assert.All(queued, caller => Assert.True(caller.IsCompletedSuccessfully || !caller.IsCompleted));
        await Task.WhenAll(queued);
        Assert.Equal(503, (await Assert.ThrowsAsync<MatrixException>(() => late)).StatusCode);
        Assert.Equal(1000, (await node.RowsAsync()).Count);
    }

    [Theory, AllDatabases]
    public async Task Stop_WhileTheDatabaseHangs_GivesUpWithItsCaller(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = await StreamNode.StartAsync(database);
        var release = await node.HoldAsync();
        using var patience = new CancellationTokenSource();

        var stopping = node.Writer.StopAsync(patience.Token);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopping);
        release();
    }

    [Theory, AllDatabases]
    public async Task Start_ThatFails_Throws(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = StreamNode.Build(database);
        node.Committer.Next(FaultyCommitter.Fault.Fails);

        await Assert.ThrowsAsync<IOException>(node.StartAsync);
    }
}
