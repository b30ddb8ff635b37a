using Matrix.Realtime.Tests.Databases;
using Microsoft.Extensions.Time.Testing;

namespace Matrix.Realtime.Tests.Rooms.Messages;

/// <summary>Repeated sends; GEN-10, SYN-75.</summary>
public sealed class TransactionTests
{
    [Theory]
    [AllDatabases]
    public async Task Send_Repeated_ReturnsTheFirstEventWithinItsScope(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var phone = await app.LoginAsync("alice");
        var room = await alice.CreateRoomAsync();
        var other = await alice.CreateRoomAsync();

        var first = await SendAsync(alice, room, "m.room.message", "t1", "one");
        var repeated = await SendAsync(alice, room, "m.room.message", "t1", "changed");
        string[] scopes =
        [
            first,
            await SendAsync(phone, room, "m.room.message", "t1", "phone"),
            await SendAsync(alice, other, "m.room.message", "t1", "other room"),
            await SendAsync(alice, room, "com.example", "t1", "other type"),
            await SendAsync(alice, room, "m.room.message", "t%2F1", "other transaction"),
        ];

        Assert.Equal(first, repeated);
        Assert.Equal(scopes.Length, scopes.Distinct().Count());
        Assert.Equal(["one", "phone", "other type", "other transaction"], (await alice.HistoryAsync(room)).Bodies());

        await alice.LeaveAsync(room);
        Assert.Equal(first, await SendAsync(alice, room, "m.room.message", "t1", "after leaving"));

        await using var again = await app.RestartAsync();
        var returned = again.WithToken(alice.AccessToken);
        Assert.Equal(first, await SendAsync(returned, room, "m.room.message", "t1", "restarted"));
    }

    [Theory]
    [AllDatabases]
    public async Task Send_RepeatedConcurrently_SendsOneEvent(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();

        var sent = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(attempt => SendAsync(alice, room, "m.room.message", "same", $"attempt {attempt}")));

        Assert.Single(sent.Distinct());
        Assert.Single((await alice.HistoryAsync(room)).Bodies());
    }

    [Theory]
    [AllDatabases]
    public async Task Send_RepeatedAfterADay_IsANewEvent(DatabaseKind kind)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60));
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database, new() { Time = time });
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        var first = await SendAsync(alice, room, "m.room.message", "t1", "one");

        time.Advance(TimeSpan.FromHours(23.9));
        Assert.Equal(first, await SendAsync(alice, room, "m.room.message", "t1", "two"));
        time.Advance(TimeSpan.FromHours(0.2));
        var second = await SendAsync(alice, room, "m.room.message", "t1", "three");
        Assert.NotEqual(first, second);

        await using var again = await app.RestartAsync();
        Assert.Equal(second, await SendAsync(again.WithToken(alice.AccessToken), room, "m.room.message", "t1", "four"));
    }

    [Theory]
    [AllDatabases]
    public async Task TransactionId_IsShownToTheSendingDeviceAlone(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var phone = await app.LoginAsync("alice");
        var bob = await app.RegisterAsync("bob", alice.DeviceId);
        var room = await alice.CreateRoomAsync();
        await bob.JoinAsync(room);
        var sent = await SendAsync(alice, room, "m.room.message", "t1", "one");

        foreach (var reader in new[] { alice, phone, bob })
        {
            var expected = reader == alice ? "t1" : null;
            Assert.Equal(expected, (string?)(await reader.EventAsync(room, sent))["unsigned"]!["transaction_id"]);
            Assert.Equal(expected, (string?)(await reader.HistoryAsync(room)).Last()["unsigned"]!["transaction_id"]);
            var timeline = (await reader.SyncAsync())["rooms"]!["join"]![room]!["timeline"]!["events"]!.AsArray();
            Assert.Equal(expected, (string?)timeline.Last()!["unsigned"]!["transaction_id"]);
        }
    }

    private static async Task<string> SendAsync(
        MatrixClient user, string room, string type, string transaction, string body)
    {
        var sent = await user.PutInRoomAsync(room, $"send/{type}/{transaction}", RoomRequests.Text(body)).ExpectAsync();
        return (string)sent["event_id"]!;
    }
}
