using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Receipts;

namespace Matrix.Realtime.Tests.Sync;

/// <summary>A recent token costs no database, whatever has changed since.</summary>
public sealed class SyncCostTests
{
    private const string Lazy = """{"room":{"timeline":{"limit":5},"state":{"lazy_load_members":true}}}""";

    private static readonly RealtimeApplicationOptions WithPresence = new()
    {
        Settings = new Dictionary<string, string?>
        {
            ["Matrix:Presence:Enabled"] = "true",
            ["Matrix:Presence:WakeWithin"] = "00:00:00",
        },
    };

    [Theory]
    [AllDatabases("{}")]
    [AllDatabases(Lazy)]
    public async Task Change_IsToldWithoutTheDatabase(DatabaseKind kind, string filter)
    {
        await using var ground = await SyncGround.StartAsync(kind, WithPresence);
        var alice = await ground.RegisterAsync("alice");
        var phone = await ground.Server.LoginAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var carol = await ground.RegisterAsync("carol");
        var room = await SyncGround.CreateSharedRoomAsync(bob, alice);
        var knocked = await bob.CreateRoomAsync(new JsonObject
        {
            ["initial_state"] = new JsonArray(new JsonObject
            {
                ["type"] = "m.room.join_rules",
                ["content"] = new JsonObject { ["join_rule"] = "knock" },
            }),
        });
        var invited = await bob.CreateRoomAsync();
        var joined = await bob.CreateRoomAsync();
        var first = await bob.SendAsync(room, "first");
        await alice.CatchUpAsync();
        await bob.CatchUpAsync();
        await carol.CatchUpAsync();
        var since = await alice.CatchUpAsync(filter);

        foreach (var (name, makeAsync) in Changes())
        {
            await makeAsync();
            var before = ground.Live.Commands;
            var answer = await alice.SyncAsync(since, filter: filter);

            Assert.True(before == ground.Live.Commands, $"{name} was read from the database.");
            Assert.True(
                answer["rooms"]!.AsObject().Count > 0 || answer["account_data"] is not null || answer["presence"] is not null,
                $"{name} was not told.");
            since = answer.NextBatch();
        }

        IEnumerable<(string Name, Func<Task> MakeAsync)> Changes() =>
        [
            ("a message", () => bob.SendAsync(room, "hello")),
            ("an edit", () => bob.SendAsync(room, "m.room.message", Related("m.replace"))),
            ("a reaction", () => bob.SendAsync(room, "m.reaction", Related("m.annotation"))),
            ("a reply in a thread", () => bob.SendAsync(room, "m.room.message", Related("m.thread"))),
            ("state", () => bob.SetStateAsync(room, "m.room.name", new JsonObject { ["name"] = "Tea" })),
            ("state again", () => bob.SetStateAsync(room, "m.room.name", new JsonObject { ["name"] = "Coffee" })),
            ("a redaction", () => bob.PutAsync(
                $"rooms/{MatrixClient.Escape(room)}/redact/{MatrixClient.Escape(first)}/r1", new JsonObject()).ExpectAsync()),
            ("somebody who joins", () => carol.JoinAsync(room)),
            ("somebody who speaks", () => carol.SendAsync(room, "hello")),
            ("somebody who leaves", () => carol.LeaveAsync(room)),
            ("more than fits", () => SendManyAsync(20)),
            ("typing", () => bob.TypeAsync(room)),
            ("a receipt", async () => await bob.ReadAsync(room, await bob.SendAsync(room, "read"))),
            ("one's own receipt", () => phone.ReadAsync(room, first, type: "m.read.private")),
            ("a marker", () => phone.PostAsync(
                $"rooms/{MatrixClient.Escape(room)}/read_markers", new JsonObject { ["m.fully_read"] = first }).ExpectAsync()),
            ("account data", () => phone.SetAccountDataAsync("org.example.note", [])),
            ("account data of a room", () => phone.SetAccountDataAsync("org.example.note", [], room)),
            ("a tag", () => phone.PutAsync(alice.TagPath(room, "u.work"), new JsonObject()).ExpectAsync()),
            ("a push rule", () => phone.PutAsync(
                "pushrules/global/content/tea",
                new JsonObject { ["pattern"] = "tea", ["actions"] = new JsonArray("notify") }).ExpectAsync()),
            ("presence", () => bob.PutAsync(
                $"presence/{MatrixClient.Escape(bob.UserId)}/status",
                new JsonObject { ["presence"] = "online", ["status_msg"] = "busy" }).ExpectAsync()),
            ("an invite", () => bob.InviteAsync(invited, alice)),
            ("a declined invite", () => phone.LeaveAsync(invited)),
            ("a knock", () => phone.PostAsync($"knock/{MatrixClient.Escape(knocked)}", new JsonObject()).ExpectAsync()),
            ("a join", () => phone.JoinAsync(joined)),
            ("a leave", () => phone.LeaveAsync(joined)),
            ("a ban", () => bob.SetMembershipAsync(room, alice, "ban")),
        ];

        JsonObject Related(string type) => new()
        {
            ["msgtype"] = "m.text",
            ["body"] = "related",
            ["m.relates_to"] = new JsonObject { ["rel_type"] = type, ["event_id"] = first, ["key"] = "👍" },
        };

        async Task SendManyAsync(int count)
        {
            for (var number = 0; number < count; number++)
            {
                await bob.SendAsync(room, $"{number}");
            }
        }
    }
}
