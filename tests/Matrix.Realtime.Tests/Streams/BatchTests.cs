using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Rooms.Writing;
using Matrix.Realtime.Streams;
using Matrix.Realtime.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Tests.Streams;

public sealed class BatchTests
{
    [Theory, AllDatabases]
    public async Task Change_ThatThrows_LeavesItsBatchMatesCommitted(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = await StreamNode.StartAsync(database);

        var release = await node.HoldAsync();
        var before = node.WriteAsync(1);
        var refused = node.Writer.SubmitAsync(
            batch =>
            {
                StreamNode.Write(batch, Change(2));
                batch.OnApplied(() => Assert.Fail("The change was refused."));
                throw MatrixException.Forbidden("no");
            },
            CancellationToken.None);
        var broken = node.Writer.SubmitAsync(_ => throw new InvalidDataException("bug"), CancellationToken.None);
        var after = node.WriteAsync(3);
        release();

        Assert.Equal((await before).Next, await after);
        Assert.Equal(403, (await Assert.ThrowsAsync<MatrixException>(() => refused)).StatusCode);
        Assert.IsType<InvalidDataException>(
            (await Assert.ThrowsAsync<ChangeFailedException>(() => broken)).InnerException);
        Assert.Equal([1, 3], (await node.RowsAsync()).Select(row => row.OriginServerTs));
        Assert.Equal((2, 4), await ReadTallyAsync(node));
        Assert.Equal([2], node.Committer.Committed[1..]);
    }

    [Theory, AllDatabases]
    public async Task Change_CancelledBeforeItsTurn_LeavesNothing(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = await StreamNode.StartAsync(database);
        using var caller = new CancellationTokenSource();

        var release = await node.HoldAsync();
        var cancelled = node.Writer.SubmitAsync(
            batch => ValueTask.FromResult(StreamNode.Write(batch, Change(1))), caller.Token);
        var mate = node.WriteAsync(2);
        await caller.CancelAsync();
        release();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await mate;
        Assert.Equal([2], (await node.RowsAsync()).Select(row => row.OriginServerTs));
        Assert.Equal((1, 2), await ReadTallyAsync(node));
    }

    [Theory, AllDatabases]
    public async Task Change_CancelledDuringItsTurn_IsWhole(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = await StreamNode.StartAsync(database);
        using var caller = new CancellationTokenSource();

        await node.Writer.SubmitAsync(
            async batch =>
            {
                StreamNode.Write(batch, Change(1));
                await caller.CancelAsync();
                StreamNode.Write(batch, Change(2));
            },
            caller.Token);

        Assert.Equal([1, 2], (await node.RowsAsync()).Select(row => row.OriginServerTs));
        Assert.Equal((2, 3), await ReadTallyAsync(node));
    }

    [Theory, AllDatabases]
    public async Task Batch_OfSeveralWritesToOneRow_StoresTheLast(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = await StreamNode.StartAsync(database);

        var release = await node.HoldAsync();
        var writes = new[]
        {
            node.Writer.SubmitAsync(Writes(batch => batch.Insert(Key("a", 1))), CancellationToken.None),
            node.Writer.SubmitAsync(Writes(batch => batch.Upsert(Key("a", 2))), CancellationToken.None),
            node.Writer.SubmitAsync(Writes(batch => batch.Insert(Key("b", 3))), CancellationToken.None),
            node.Writer.SubmitAsync(Writes(batch => batch.Delete(Key("b", 0))), CancellationToken.None),
        };
        release();
        await Task.WhenAll(writes);

        Assert.Equal([("a", 2)], await ReadKeysAsync(node));
    }

    [Theory, AllDatabases]
    public async Task Batch_OfNullsAndEmptyValues_StoresThem(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = await StreamNode.StartAsync(database);
        EventRow[] written =
        [
            new TestChange(StreamNode.Room, StreamNode.Alice, 1) { Position = new(1) }.ToRow(),
            new TestChange(StreamNode.Room, StreamNode.Alice, 2) { Position = new(2) }.ToRow(),
            new TestChange(StreamNode.Room, StreamNode.Alice, 3) { Position = new(3) }.ToRow(),
        ];
        written[0].RoomVersion = "";
        written[1].RoomVersion = "é\"'$1";
        written[1].Json = [0, 255];
        written[1].DeviceId = DeviceId.Parse("DEVICE");
        written[1].TransactionId = "t";
        written[1].RedactedBy = new(7);

        await WriteAllAsync((batch, row) => batch.Insert(row));
        await WriteAllAsync((batch, row) => batch.Upsert(row));

        var stored = await node.RowsAsync();
        Assert.Equal(written.Select(Values), stored.Select(Values));

        static object Values(EventRow row) => (
            row.Position,
            row.RoomVersion,
            Convert.ToHexString(row.Json),
            row.DeviceId,
            row.TransactionId,
            row.RedactedBy);

        Task WriteAllAsync(Action<ChangeBatch, EventRow> write) => node.Writer.SubmitAsync(
            Writes(batch =>
            {
                batch.Upsert(new RoomRow { RoomId = StreamNode.Room, Version = "12" });
                Array.ForEach(written, row => write(batch, row));
            }),
            CancellationToken.None);
    }

    [Theory, AllDatabases]
    public async Task Text_ThatNoDatabaseTakes_IsRefusedAlone(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = await StreamNode.StartAsync(database);

        var release = await node.HoldAsync();
        var refused = node.Writer.SubmitAsync(Writes(batch => batch.Upsert(Key("a\0b", 1))), CancellationToken.None);
        var mate = node.Writer.SubmitAsync(Writes(batch => batch.Upsert(Key("c", 2))), CancellationToken.None);
        release();

        await mate;
        Assert.Equal(400, (await Assert.ThrowsAsync<MatrixException>(() => refused)).StatusCode);
        Assert.Equal([("c", 2)], await ReadKeysAsync(node));
    }

    [Theory, AllDatabases]
    public async Task Change_WithoutRows_IsAppliedAndMovesTheHead(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = await StreamNode.StartAsync(database);
        _ = await node.TallyAsync();
        var isTold = false;

        var position = await node.Writer.SubmitAsync(
            batch =>
            {
                batch.OnApplied(() => isTold = true);
                return ValueTask.FromResult(batch.Append(Change(5)));
            },
            CancellationToken.None);

        Assert.True(isTold);
        Assert.Equal(position, node.Live.Current.Position);
        Assert.Equal((1, 5), await ReadTallyAsync(node));
        Assert.Equal(position.Next, await node.WriteAsync(6));
    }

    [Theory, AllDatabases]
    public async Task Change_OfNothing_WritesNothingButIsFollowed(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = await StreamNode.StartAsync(database);
        var head = node.Live.Current.Position;
        var isTold = false;

        await node.Writer.SubmitAsync(Writes(batch => batch.OnApplied(() => isTold = true)), CancellationToken.None);

        Assert.True(isTold);
        Assert.Equal(head, node.Live.Current.Position);
        Assert.Single(node.Committer.Committed);
    }

    [Theory, AllDatabases]
    public async Task Claim_WithinABatch_IsGivenOnce(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = await StreamNode.StartAsync(database);

        var release = await node.HoldAsync();
        var thrown = node.Writer.SubmitAsync(
            batch => batch.TryClaim("name") ? throw MatrixException.Forbidden("no") : ValueTask.CompletedTask,
            CancellationToken.None);
        var claims = Enumerable.Range(0, 3).Select(_ => node.Writer.SubmitAsync(
            batch => ValueTask.FromResult(batch.TryClaim("name")), CancellationToken.None)).ToList();
        release();

        await Assert.ThrowsAsync<MatrixException>(() => thrown);
        var given = await Task.WhenAll(claims);
        Assert.Equal([true, false, false], given);
        Assert.True(await node.Writer.SubmitAsync(
            batch => ValueTask.FromResult(batch.TryClaim("name")), CancellationToken.None));
    }

    private static TestChange Change(long number) => new(StreamNode.Room, StreamNode.Alice, number);

    private static SigningKeyRow Key(string id, long createdTs) =>
        new() { KeyId = id, Seed = [], CreatedTs = createdTs };

    private static Func<ChangeBatch, ValueTask> Writes(Action<ChangeBatch> write) => batch =>
    {
        write(batch);
        return ValueTask.CompletedTask;
    };

    private static async Task<(int Count, long Sum)> ReadTallyAsync(StreamNode node)
    {
        var tally = await node.TallyAsync();
        return (tally.Count, tally.Sum);
    }

    private static async Task<List<(string KeyId, long CreatedTs)>> ReadKeysAsync(StreamNode node)
    {
        await using var database = await node.Databases.CreateDbContextAsync();
        return [.. (await database.Set<SigningKeyRow>().ToListAsync()).Select(row => (row.KeyId, row.CreatedTs))];
    }
}
