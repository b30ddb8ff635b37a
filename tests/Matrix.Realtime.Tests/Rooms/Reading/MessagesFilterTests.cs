using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Rooms.Reading;

/// <summary>Filters of <c>/messages</c>; FLT-7 to FLT-12 and FLT-19.</summary>
public sealed class MessagesFilterTests
{
    [Theory]
    [AllDatabases]
    public async Task Filter_OfMessages_LetsOnlyMatchingEventsPass(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var room = await alice.CreateRoomAsync();
        await bob.JoinAsync(room);
        await alice.SendAsync(room, "a1");
        await alice.SendAsync(room, "org.example", new() { ["body"] = "a2", ["url"] = "mxc://localhost/x" });
        await bob.SendAsync(room, "b1");
        await Task.WhenAll(Enumerable.Range(0, 70).Select(_ => bob.SendAsync(room, "m.noise", [])));

        await CheckAsync("""{"types":["m.room.message"]}""", "a1 b1");
        await CheckAsync("""{"types":["m.room.*","org.*"]}""", "a1 a2 b1");
        await CheckAsync("""{"not_types":["m.room.message"]}""", "a2");
        await CheckAsync("""{"senders":["@bob:localhost"]}""", "b1");
        await CheckAsync("""{"not_senders":["@bob:localhost"]}""", "a1 a2");
        await CheckAsync("""{"contains_url":true}""", "a2");
        await CheckAsync("""{"contains_url":false}""", "a1 b1");
        await CheckAsync("""{"types":[]}""", "");
        await CheckAsync($$"""{"rooms":["{{room}}"]}""", "a1 a2 b1");
        await CheckAsync("""{"rooms":["!other"]}""", "");
        await CheckAsync($$"""{"not_rooms":["{{room}}"]}""", "");
        await CheckAsync("""{"org.example.unknown":7}""", "a1 a2 b1");
        foreach (var filter in new[] { "7", "[]", """{"types":"m.room.message"}""", """{"senders":["bob"]}""" })
        {
            await PageAsync(filter, "").ExpectInvalidParamAsync();
        }

        async Task CheckAsync(string filter, string bodies)
        {
            foreach (var direction in new[] { "f", "b" })
            {
                List<string> found = [];
                for (var (from, isDone) = ("", false); !isDone;)
                {
                    var page = await PageAsync(filter, $"&dir={direction}&limit=2{from}").ExpectAsync();
                    Assert.InRange(page["chunk"]!.AsArray().Count, 0, 2);
                    found.AddRange(page["chunk"]!.AsArray().Select(found => found!.AsObject()).Bodies());
                    isDone = page["end"] is null;
                    from = $"&from={(string?)page["end"]}";
                }

                Assert.Equal(bodies, string.Join(' ', direction == "f" ? found : found.AsEnumerable().Reverse()));
            }
        }

        Task<MatrixResponse> PageAsync(string filter, string query) =>
            alice.GetInRoomAsync(room, $"messages?filter={MatrixClient.Escape(filter)}{(query == "" ? "&dir=b" : query)}");
    }

    [Theory]
    [AllDatabases]
    public async Task LazyMembers_AreTheSendersAsTheyWereWhenTheySent(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var carol = await app.RegisterAsync("carol");
        var room = await alice.CreateRoomAsync();
        await bob.JoinAsync(room);
        await carol.JoinAsync(room);
        await RenameAsync("Bob");
        await bob.SendAsync(room, "one");
        await RenameAsync("Robert");
        await bob.LeaveAsync(room);
        await alice.SendAsync(room, "two");

        await CheckAsync("", "alice null, bob null, carol null");
        await CheckAsync("""{"types":["m.room.message"],"lazy_load_members":true}""", "alice null, bob Bob");
        await CheckAsync("""{"types":["m.room.message"],"lazy_load_members":false}""", null);
        await CheckAsync("""{"types":["m.none"],"lazy_load_members":true}""", null);

        async Task RenameAsync(string name) => await bob.SetStateAsync(
            room, "m.room.member", new() { ["membership"] = "join", ["displayname"] = name }, bob.UserId);

        async Task CheckAsync(string filter, string? members)
        {
            var query = filter == "" ? """{"lazy_load_members":true}""" : filter;
            var page = await alice.GetInRoomAsync(room, $"messages?dir=b&limit=100&filter={MatrixClient.Escape(query)}")
                .ExpectAsync();
            var found = (page["state"] as JsonArray)?
                .Select(state => $"{((string)state!["state_key"]!)[1..^10]} {state["content"]!["displayname"] ?? "null"}")
                .Order(StringComparer.Ordinal).ToList();
            Assert.Equal(members, found is null ? null : string.Join(", ", found));
        }
    }
}
