using System.Data.Common;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;
using Matrix.Realtime.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Tests.Storage;

public sealed class BatchCommitterTests
{
    private static readonly SampleRow Full = SampleStore.Row(1) with
    {
        Text = "naïve 🙂",
        OptionalText = "there",
        OptionalNumber = long.MaxValue,
        Position = new StreamPosition(7),
        OptionalPosition = new StreamPosition(8),
        OptionalUserId = UserId.Parse("@alice:example.org"),
        IsSet = true,
        OptionalFlag = false,
        Color = RowColor.Green,
        OptionalColor = RowColor.Green,
        Guid = SampleStore.Writer,
        Json = [0, 1, 255],
        OptionalJson = [],
    };

    [Theory]
    [AllDatabases]
    public async Task Commit_InsertedRows_AreReadBackAsTheyWere(DatabaseKind kind)
    {
        await using var store = await SampleStore.CreateAsync(kind);
        var empty = SampleStore.Row(2);

        var outcome = await store.CommitAsync(0, 5, Insert(Full), Insert(empty));

        Assert.Equal(CommitOutcome.Committed, outcome);
        AssertSame([Full, empty], await store.RowsAsync());
    }

    [Theory]
    [AllDatabases]
    public async Task Commit_HeadAtExpected_MovesHead(DatabaseKind kind)
    {
        await using var store = await SampleStore.CreateAsync(kind);

        await store.CommitAsync(0, 5);
        await store.CommitAsync(5, 9);

        var head = await store.HeadAsync();
        Assert.Equal(new StreamPosition(9), head.Position);
        Assert.Equal(SampleStore.Writer, head.Writer);
        Assert.Equal(2, head.Batch);
    }

    [Theory]
    [AllDatabases]
    public async Task Commit_MixedOperations_AreAllApplied(DatabaseKind kind)
    {
        await using var store = await SampleStore.CreateAsync(kind);
        await store.CommitAsync(0, 1, [.. Enumerable.Range(1, 20).Select(number => Insert(SampleStore.Row(number)))]);

        await store.CommitAsync(
            1,
            2,
            Insert(SampleStore.Row(21)),
            Upsert(SampleStore.Row(22) with { Text = "new" }),
            Delete(SampleStore.Row(3)),
            Upsert(Full),
            Insert(new KeyOnlyRow { Id = 4 }),
            Delete(SampleStore.Row(99)),
            Delete(SampleStore.Row(5)));

        var rows = await store.RowsAsync();
        Assert.Equal([1, 2, 4, .. Enumerable.Range(6, 17)], rows.Select(row => row.Number));
        AssertSame([Full], rows[..1]);
        Assert.Equal("new", rows[^1].Text);
        Assert.Equal([4], await store.Context.Set<KeyOnlyRow>().Select(row => row.Id).ToListAsync());
    }

    [Theory]
    [AllDatabases]
    public async Task Commit_UpsertWithNulls_ClearsWhatWasThere(DatabaseKind kind)
    {
        await using var store = await SampleStore.CreateAsync(kind);
        await store.CommitAsync(0, 1, Insert(Full));

        await store.CommitAsync(1, 2, Upsert(SampleStore.Row(1)));

        AssertSame([SampleStore.Row(1)], await store.RowsAsync());
    }

    [Theory]
    [AllDatabases]
    public async Task Commit_UpsertOfRowThatIsAllKey_KeepsIt(DatabaseKind kind)
    {
        await using var store = await SampleStore.CreateAsync(kind);

        await store.CommitAsync(0, 1, Upsert(new KeyOnlyRow { Id = 4 }));
        await store.CommitAsync(1, 2, Upsert(new KeyOnlyRow { Id = 4 }));

        Assert.Equal(1, await store.Context.Set<KeyOnlyRow>().CountAsync());
    }

    [Theory]
    [AllDatabases]
    public async Task Commit_HeadMoved_WritesNothing(DatabaseKind kind)
    {
        await using var store = await SampleStore.CreateAsync(kind);
        await store.CommitAsync(0, 5);

        var outcome = await store.CommitAsync(4, 6, Insert(Full));

        Assert.Equal(CommitOutcome.HeadMoved, outcome);
        Assert.Empty(await store.RowsAsync());
        Assert.Equal(new StreamPosition(5), (await store.HeadAsync()).Position);
        Assert.Equal(CommitOutcome.Committed, await store.CommitAsync(5, 6, Insert(Full)));
    }

    [Theory]
    [AllDatabases]
    public async Task Commit_OneRowFails_LeavesHeadAndRowsUntouched(DatabaseKind kind)
    {
        await using var store = await SampleStore.CreateAsync(kind);
        await store.CommitAsync(0, 1, Insert(Full));

        await Assert.ThrowsAnyAsync<DbException>(() => store.CommitAsync(
            1, 2, Insert(new KeyOnlyRow { Id = 4 }), Insert(Full), Upsert(SampleStore.Row(2))));

        Assert.Equal([1], (await store.RowsAsync()).Select(row => row.Number));
        Assert.Equal(0, await store.Context.Set<KeyOnlyRow>().CountAsync());
        Assert.Equal(new StreamPosition(1), (await store.HeadAsync()).Position);
        Assert.Equal(CommitOutcome.Committed, await store.CommitAsync(1, 2, Upsert(SampleStore.Row(2))));
    }

    [Theory]
    [AllDatabases]
    public async Task Commit_DurableAndNot_InTurn_AreAllWritten(DatabaseKind kind)
    {
        await using var store = await SampleStore.CreateAsync(kind);

        for (var batch = 0; batch < 8; batch++)
        {
            await store.CommitAsync(batch, batch + 1, isDurable: batch % 2 == 0, Insert(SampleStore.Row(batch)));
        }

        Assert.Equal(8, (await store.RowsAsync()).Count);
    }

    [Theory]
    [AllDatabases]
    public async Task Commit_ConnectionWasClosed_OpensItAgain(DatabaseKind kind)
    {
        await using var store = await SampleStore.CreateAsync(kind);
        await store.CommitAsync(0, 1, isDurable: false, Insert(SampleStore.Row(1)));

        await store.Context.Database.CloseConnectionAsync();
        await store.CommitAsync(1, 2, Insert(SampleStore.Row(2)));

        Assert.Equal(2, (await store.RowsAsync()).Count);
    }

    private static void AssertSame(List<SampleRow> expected, List<SampleRow> actual) =>
        Assert.Equal(expected.Select(Comparable), actual.Select(Comparable));

    // Arrays are equal only to themselves, so they are compared as text.
    private static (SampleRow Row, string Json, string? OptionalJson) Comparable(SampleRow row) => (
        row with { Json = Full.Json, OptionalJson = null },
        Convert.ToHexString(row.Json),
        row.OptionalJson is { } json ? Convert.ToHexString(json) : null);

    private static RowOperation Insert(object row) => new(RowOperationKind.Insert, row);

    private static RowOperation Upsert(object row) => new(RowOperationKind.Upsert, row);

    private static RowOperation Delete(object row) => new(RowOperationKind.Delete, row);
}
