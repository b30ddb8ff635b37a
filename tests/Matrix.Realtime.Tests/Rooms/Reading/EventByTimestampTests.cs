using System.Net;
using Matrix.Realtime.Tests.Databases;
using Microsoft.Extensions.Time.Testing;

namespace Matrix.Realtime.Tests.Rooms.Reading;

/// <summary>Finding the event that was sent nearest to a time.</summary>
public sealed class EventByTimestampTests
{
    [Theory]
    [AllDatabases]
    public async Task Event_NearestToATime_IsFoundInEitherDirection(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var app = await RealtimeApplication.StartAsync(database, new() { Time = time });
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var eve = await app.RegisterAsync("eve");
        var room = await alice.CreateRoomAsync();
        await alice.SetVisibilityAsync(room, "joined").ExpectAsync();
        var (first, firstTime) = await SendAsync();
        var (second, secondTime) = await SendAsync();
        time.Advance(TimeSpan.FromSeconds(30));
        await bob.JoinAsync(room);
        var joined = (string)(await bob.GetInRoomAsync(room, $"state/m.room.member/{bob.UserId}?format=event")
            .ExpectAsync())["event_id"]!;
        var (third, thirdTime) = await SendAsync();

        await CheckAsync(alice, firstTime, "f", first);
        await CheckAsync(alice, firstTime, "b", first);
        await CheckAsync(alice, firstTime + 1, "f", second);
        await CheckAsync(alice, secondTime + 1, "b", second);
        await CheckAsync(alice, thirdTime + 999_999, "b", third);
        await CheckAsync(alice, thirdTime + 1, "f", null);
        await CheckAsync(alice, 0, "b", null);
        await CheckAsync(bob, firstTime, "f", joined);
        await CheckAsync(bob, thirdTime, "b", third);
        await PathAsync(eve, $"ts={firstTime}&dir=f").ExpectForbiddenAsync();
        await PathAsync(alice, "ts=noon&dir=f").ExpectInvalidParamAsync();
        await PathAsync(alice, "ts=1&dir=up").ExpectInvalidParamAsync();
        await PathAsync(alice, "ts=1").ExpectErrorAsync(HttpStatusCode.BadRequest, "M_MISSING_PARAM");
        await PathAsync(alice, "dir=f").ExpectErrorAsync(HttpStatusCode.BadRequest, "M_MISSING_PARAM");

        async Task<(string EventId, long Time)> SendAsync()
        {
            time.Advance(TimeSpan.FromMinutes(1));
            var eventId = await alice.SendAsync(room, "hello");
            return (eventId, (long)(await alice.EventAsync(room, eventId))["origin_server_ts"]!);
        }

        async Task CheckAsync(MatrixClient reader, long timestamp, string direction, string? eventId)
        {
            var answer = PathAsync(reader, $"ts={timestamp}&dir={direction}");
            if (eventId is null)
            {
                await answer.ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
                return;
            }

            var found = await answer.ExpectAsync();
            Assert.Equal(eventId, (string?)found["event_id"]);
            Assert.Equal((await alice.EventAsync(room, eventId))["origin_server_ts"]!.GetValue<long>(),
                found["origin_server_ts"]!.GetValue<long>());
        }

        Task<MatrixResponse> PathAsync(MatrixClient reader, string query) =>
            reader.GetAsync($"/_matrix/client/v1/rooms/{MatrixClient.Escape(room)}/timestamp_to_event?{query}");
    }
}
