using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Rooms.Messages;

/// <summary>Many at once in one room, and what a restart finds of it.</summary>
public sealed class ConcurrencyTests
{
    [Theory]
    [AllDatabases]
    public async Task Room_UsedByManyAtOnce_KeepsOneHistory(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        var users = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => app.RegisterAsync($"user{number}")));

        await Task.WhenAll(users.SelectMany(user => new[] { user.JoinAsync(room), user.JoinAsync(room) }));
        var sent = await Task.WhenAll(Enumerable.Range(0, 50)
            .Select(number => users[number % 20].SendAsync(room, $"m{number}")));
        var named = await Task.WhenAll(Enumerable.Range(0, 20).Select(number =>
            alice.SetStateAsync(room, "m.room.name", new JsonObject { ["name"] = $"n{number}" })));

        await CheckAsync(alice);
        await using var again = await app.RestartAsync();
        await CheckAsync(again.WithToken(alice.AccessToken));

        async Task CheckAsync(MatrixClient reader)
        {
            var history = await reader.HistoryAsync(room);
            Assert.Equal(6 + users.Length + sent.Length + named.Length, history.Count);
            Assert.Equal(sent.Order(), OfType(history, "m.room.message").Order());
            var names = OfType(history, "m.room.name").ToList();
            Assert.Equal(named.Order(), names.Order());
            var name = await reader.GetInRoomAsync(room, "state/m.room.name/?format=event").ExpectAsync();
            Assert.Equal(names[^1], (string?)name["event_id"]);
            var joined = (await reader.GetInRoomAsync(room, "joined_members").ExpectAsync())["joined"]!.AsObject();
            Assert.Equal(users.Length + 1, joined.Count);

            const string Long = """{"room":{"timeline":{"limit":100}}}""";
            var sync = await reader.SyncAsync(filter: Long);
            var timeline = sync["rooms"]!["join"]![room]!["timeline"]!["events"]!.AsArray();
            Assert.NotEmpty(timeline);
            Assert.Equal(
                history.Ids().TakeLast(timeline.Count), timeline.Select(roomEvent => (string)roomEvent!["event_id"]!));
        }
    }

    private static IEnumerable<string> OfType(List<JsonObject> history, string type) =>
        history.Where(roomEvent => (string?)roomEvent["type"] == type).Ids();
}
