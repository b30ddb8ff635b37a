using Matrix.Realtime.Tests.Databases;
using Microsoft.Extensions.Time.Testing;

namespace Matrix.Realtime.Tests.Rooms.Creation;

/// <summary>A room of version 12 is named by the hash of its first event.</summary>
public sealed class RoomIdentityTests
{
    [Theory]
    [AllDatabases]
    public async Task CreateRoom_TwiceInOneMillisecond_MakesTwoRooms(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database, new()
        {
            Time = new FakeTimeProvider(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero)),
        });
        var alice = await server.RegisterAsync("alice");

        var rooms = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => alice.CreateRoomAsync()));

        Assert.Equal(3, rooms.Distinct().Count());
    }
}
