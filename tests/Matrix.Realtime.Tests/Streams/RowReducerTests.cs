using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Rooms.Writing;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Tests.Streams;

public sealed class RowReducerTests : IDisposable
{
    private readonly MatrixDbContext _database =
        new(new DbContextOptionsBuilder<MatrixDbContext>().UseSqlite("Data Source=:memory:").Options);

    [Theory]
    [InlineData(RowOperationKind.Insert, RowOperationKind.Upsert, RowOperationKind.Insert)]
    [InlineData(RowOperationKind.Insert, RowOperationKind.Delete, RowOperationKind.Delete)]
    [InlineData(RowOperationKind.Upsert, RowOperationKind.Upsert, RowOperationKind.Upsert)]
    [InlineData(RowOperationKind.Upsert, RowOperationKind.Delete, RowOperationKind.Delete)]
    [InlineData(RowOperationKind.Delete, RowOperationKind.Insert, RowOperationKind.Upsert)]
    [InlineData(RowOperationKind.Delete, RowOperationKind.Upsert, RowOperationKind.Upsert)]
    [InlineData(RowOperationKind.Delete, RowOperationKind.Delete, RowOperationKind.Delete)]
    public void TwoOperations_OnOneRow_BecomeOneWithTheLaterRow(object earlier, object later, object expected)
    {
        var last = Key("a");

        var reduced = Reduce(new((RowOperationKind)earlier, Key("a")), new((RowOperationKind)later, last));

        Assert.Equal([new RowOperation((RowOperationKind)expected, last)], reduced);
    }

    [Theory]
    [InlineData(RowOperationKind.Insert)]
    [InlineData(RowOperationKind.Upsert)]
    public void Insert_OfARowThatTheBatchHasWritten_Throws(object earlier) =>
        Assert.Throws<InvalidOperationException>(() =>
            Reduce(new((RowOperationKind)earlier, Key("a")), new(RowOperationKind.Insert, Key("a"))));

    [Fact]
    public void Rows_ThatDifferInOnePartOfTheKeyOrInType_AreKeptInOrder()
    {
        RowOperation[] operations =
        [
            new(RowOperationKind.Insert, State("t", "k", 1)),
            new(RowOperationKind.Insert, State("t", "k", 2)),
            new(RowOperationKind.Insert, State("t", "l", 1)),
            new(RowOperationKind.Insert, State("u", "k", 1)),
            new(RowOperationKind.Insert, Key("t")),
            new(RowOperationKind.Insert, new RoomRow { RoomId = StreamNode.Room, Version = "t" }),
        ];

        Assert.Equal(operations, Reduce(operations));
    }

    [Fact]
    public void Row_ThatIsNoEntity_Throws() =>
        Assert.Throws<InvalidOperationException>(() => Reduce(new RowOperation(RowOperationKind.Insert, "text")));

    public void Dispose() => _database.Dispose();

    private static SigningKeyRow Key(string id) => new() { KeyId = id, Seed = [] };

    private static StateRow State(string type, string stateKey, long from) =>
        new() { RoomId = StreamNode.Room, Type = type, StateKey = stateKey, From = new(from) };

    private IReadOnlyList<RowOperation> Reduce(params RowOperation[] operations) =>
        new RowReducer(_database.Model).Reduce(operations);
}
