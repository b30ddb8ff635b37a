using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Receipts;
using Matrix.Realtime.Streams;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Streams;

namespace Matrix.Realtime.Tests.Receipts;

/// <summary>What is read back of receipts that another process has moved.</summary>
public sealed class ReceiptStoreTests
{
    [Theory, AllDatabases]
    public async Task Read_OfARange_GivesTheReceiptsThatMovedInIt(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = await StreamNode.StartAsync(database);
        await node.Writer.SubmitAsync(
            batch =>
            {
                batch.Insert(Row(ReceiptTypes.Read, "", 10));
                batch.Insert(Row(ReceiptTypes.Read, "$root", 20));
                batch.Insert(Row(ReceiptTypes.ReadPrivate, "main", 30));
                return ValueTask.CompletedTask;
            },
            CancellationToken.None);
        await using var context = await node.Databases.CreateDbContextAsync();

        var changes = await new ReceiptStore(node.Databases).ReadPageAsync(
            context, new ChangeRange(new StreamPosition(10), new StreamPosition(30)), CancellationToken.None);

        var read = changes.Cast<ReceiptChange>().OrderBy(change => change.Position).ToList();
        Assert.Equal([20, 30], read.Select(change => change.Position.Value));
        Assert.Equal([20, 30], read.Select(change => change.Receipt.Position.Value));
        Assert.Equal(["$root", "main"], read.Select(change => change.Receipt.Key.Category));
        Assert.Equal([true, false], read.Select(change => change.IsRoomWide));
        Assert.All(read, change => Assert.Equal(StreamNode.Alice, ((StreamChange)change).UserId));
    }

    private static ReceiptRow Row(string type, string category, long position) => new()
    {
        UserId = StreamNode.Alice,
        RoomId = StreamNode.Room,
        Type = type,
        Category = category,
        EventId = EventId.Parse("$event"),
        EventPosition = new StreamPosition(1),
        Ts = 5,
        Position = new StreamPosition(position),
    };
}
