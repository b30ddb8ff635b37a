using Matrix.Realtime.Identifiers;
using Matrix.Realtime.RoomDirectory.Aliases;
using Matrix.Realtime.RoomDirectory.Listing;
using Matrix.Realtime.Tests.Accounts;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Rooms;
using Matrix.Realtime.Tests.Sync;

namespace Matrix.Realtime.Tests.RoomDirectory;

/// <summary>What the directory holds live is what its rows and the rooms' events say.</summary>
public sealed class DirectoryLiveStateTests
{
    private static readonly StreamPosition Last = StreamPosition.Never.Previous;

    [Theory]
    [AllDatabases]
    public async Task PublicRooms_LoadedAnew_AreAsTheChangesHaveLeftThem(DatabaseKind kind)
    {
        var probe = new LiveProbe();
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database, new() { Services = probe.AttachTo });
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var tea = await alice.CreatePublishedRoomAsync("Tea");
        var water = await alice.CreateRoomAsync();
        var (oldTopic, newTopic) = ("", "");
        Func<Task>[] steps =
        [
            () => alice.SetListedAsync(water, "public").ExpectAsync(),
            () => bob.JoinAsync(water),
            async () => oldTopic = await alice.SetStateAsync(tea, "m.room.topic", new() { ["topic"] = "old" }),
            async () => newTopic = await alice.SetStateAsync(tea, "m.room.topic", new() { ["topic"] = "new" }),
            () => alice.SetStateAsync(tea, "m.room.topic", new() { ["topic"] = "keyed" }, "key"),
            () => RedactAsync(oldTopic),
            () => RedactAsync(newTopic),
            () => alice.SetStateAsync(water, "m.room.name", new() { ["name"] = "Water" }),
            () => alice.SendAsync(water, "hello"),
            () => alice.SetMembershipAsync(water, bob, "ban"),
            () => alice.SetListedAsync(tea, "private").ExpectAsync(),
            () => bob.JoinAsync(tea),
            () => alice.SetListedAsync(tea, "public").ExpectAsync(),
            () => alice.LeaveAsync(water),
        ];

        var shown = "";
        var changes = 0;
        foreach (var step in steps)
        {
            await step();
            var live = await ShownAsync();
            probe.EvictAll();
            Assert.Equal(live, await ShownAsync());
            changes += live == shown ? 0 : 1;
            shown = live;
        }

        // Not shown: the topic of another key, the redaction of the old one, the message, the join while private.
        Assert.Equal(steps.Length - 4, changes);

        async Task<string> ShownAsync() => (await alice.ListAsync().ExpectAsync()).ToJsonString();

        async Task RedactAsync(string eventId) =>
            await alice.PutInRoomAsync(tea, $"redact/{MatrixClient.Escape(eventId)}/{Guid.NewGuid()}").ExpectAsync();
    }

    [Theory]
    [AllDatabases]
    public async Task Changes_ReadBack_AreTheLatestOfEachAliasAndRoom(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var tea = await alice.CreatePublishedRoomAsync("Tea", new() { ["room_alias_name"] = "tea" });
        var water = await alice.CreatePublishedRoomAsync("Water");
        await alice.AddAliasAsync("#gone:localhost", water).ExpectAsync();
        await alice.DeleteAliasAsync("#gone:localhost").ExpectAsync();
        await alice.SetListedAsync(water, "private").ExpectAsync();

        var aliases = await database.UseAsync(context => new RoomAliasTable()
            .ReadAsync(context, StreamPosition.Zero, Last, CancellationToken.None));
        Assert.Equal(
            [("#tea:localhost", tea), ("#gone:localhost", null)],
            aliases.Cast<RoomAliasChange>().OrderBy(change => change.Position)
                .Select(change => (change.Alias.Value, change.Target?.Value)));

        var published = await database.UseAsync(context => new PublishedRoomTable()
            .ReadAsync(context, StreamPosition.Zero, Last, CancellationToken.None));
        Assert.Equal(
            [(tea, "Tea", 1), (water, null, null)],
            published.Cast<PublicationChange>().OrderBy(change => change.Position)
                .Select(change => (change.Listed.Value, change.Facts?.Name, change.Facts?.JoinedCount)));
        Assert.Empty(await database.UseAsync(context => new PublishedRoomTable()
            .ReadAsync(context, Last.Previous, Last, CancellationToken.None)));
    }
}
