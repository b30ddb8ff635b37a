using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Rooms.Events;
using Matrix.Realtime.Tests.Streams;

namespace Matrix.Realtime.Tests.Rooms.State;

public sealed class RoomChangeSourceTests
{
    private static readonly StreamPosition First = new(10);
    private static readonly StreamPosition Second = new(20);
    private static readonly StreamPosition Redaction = new(30);

    [Theory, AllDatabases]
    public async Task Read_OfARange_GivesItsEventsAndWhatTheyRedact(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = await StartAsync(database);
        await using var context = await node.Databases.CreateDbContextAsync();

        var source = new RoomChangeSource();
        var read = await source.ReadAsync(context, First, Redaction, CancellationToken.None);
        var changes = read.Cast<RoomEventChange>().ToList();

        Assert.Equal([Second, Redaction], changes.Select(change => change.Position));
        Assert.Equal([null, First], changes.Select(change => change.Redacts?.Position));
        Assert.Empty(await source.ReadAsync(context, Redaction, StreamPosition.Never, CancellationToken.None));
    }

    [Theory, AllDatabases]
    public async Task ChangedRooms_AreThoseOfTheGivenAfterThePosition(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var node = await StartAsync(database);
        var events = new RoomEventStore(node.Databases);
        RoomId[] rooms = [TestEvents.Room, StreamNode.Room];

        Assert.Equal([TestEvents.Room], await events.ReadChangedRoomsAsync(rooms, First, CancellationToken.None));
        Assert.Empty(await events.ReadChangedRoomsAsync(rooms, Redaction, CancellationToken.None));
        Assert.Empty(await events.ReadChangedRoomsAsync([StreamNode.Room], First, CancellationToken.None));
        Assert.Empty(await events.ReadChangedRoomsAsync([], First, CancellationToken.None));
    }

    private static async Task<StreamNode> StartAsync(Database database)
    {
        var node = await StreamNode.StartAsync(database);
        await node.Writer.SubmitAsync(
            batch =>
            {
                batch.Insert(Row(First, redactedBy: Redaction));
                batch.Insert(Row(Second, redactedBy: null));
                batch.Insert(Row(Redaction, redactedBy: null));
                return ValueTask.CompletedTask;
            },
            CancellationToken.None);
        return node;
    }

    private static EventRow Row(StreamPosition position, StreamPosition? redactedBy)
    {
        var version = TestEvents.Version("12");
        var pdu = TestEvents.Template(version, "m.room.message", null, "@u:domain", $$"""{"body":"{{position}}"}""")
            .Build(TestEvents.Key);
        return new EventRow
        {
            Position = position,
            RoomId = pdu.RoomId,
            EventId = pdu.EventId,
            RoomVersion = version.Id,
            Sender = pdu.Sender,
            Json = pdu.Json.ToArray(),
            RedactedBy = redactedBy,
        };
    }
}
