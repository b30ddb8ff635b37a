using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Receipts;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Sync;

namespace Matrix.Realtime.Tests.Receipts;

/// <summary>The bound on what is held of a room's receipts, and that nothing is missed beyond it: RCP-22.</summary>
public sealed class RoomReceiptsTests
{
    [Fact]
    public void Moves_BeyondTheBound_FallOutOfTheFloor()
    {
        var room = RoomReceipts.Of([]);
        for (var position = 1; position <= 10_000; position++)
        {
            room = room.With(Move($"@user{position}:test", position));
            Assert.True(room.Weight <= 2 * RoomReceipts.Kept + 1);
            Assert.Equal(position - room.Floor.Value, room.After(room.Floor).Count());
        }

        Assert.True(room.Floor.Value >= 10_000 - 2 * RoomReceipts.Kept);
    }

    [Fact]
    public void Receipt_ThatMovedTwice_IsToldWhereItIs()
    {
        var room = RoomReceipts.Of([]);
        foreach (var (user, position) in new[] { ("@a:test", 1), ("@b:test", 2), ("@a:test", 3) })
        {
            room = room.With(Move(user, position));
        }

        Assert.Equal([3, 2], room.After(StreamPosition.Zero).Select(receipt => receipt.Position.Value));
        Assert.Equal([3], room.After(new StreamPosition(2)).Select(receipt => receipt.Position.Value));
    }

    [Theory, AllDatabases]
    public async Task Tokens_FromBeforeWhatIsHeld_AreAnsweredFromTheDatabase(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var events = new List<string>();
        for (var i = 0; i < RoomReceipts.Kept + 20; i++)
        {
            events.Add(await scene.Alice.SendAsync(scene.Room, $"{i}"));
        }

        var since = await scene.Alice.CatchUpAsync();
        await Task.WhenAll(events.Select(eventId => scene.Bob.ReadAsync(scene.Room, eventId, eventId)));
        var expected = events.Select(eventId => ReceiptRequests.Line(scene.Bob, eventId, eventId))
            .Order(StringComparer.Ordinal).ToList();
        const string Whole = """{"room":{"timeline":{"limit":1000}}}""";

        Assert.Equal(expected, (await scene.Alice.PollAsync(since)).Receipts(scene.Room));
        scene.Live.EvictAll();
        Assert.Equal(expected, (await scene.Alice.PollAsync(since)).Receipts(scene.Room));
        Assert.Equal(expected, await scene.AllReceiptsAsync(scene.Bob));
        Assert.Equal(500, (await scene.Alice.PollAsync(filter: Whole)).Receipts(scene.Room).Count);
    }

    private static Receipt Move(string user, long position) => new()
    {
        UserId = UserId.Parse(user),
        Key = new ReceiptKey(ReceiptTypes.Read, ReceiptCategories.Unthreaded),
        EventId = EventId.Parse("$event"),
        EventPosition = new StreamPosition(1),
        Ts = 0,
        Position = new StreamPosition(position),
    };
}
