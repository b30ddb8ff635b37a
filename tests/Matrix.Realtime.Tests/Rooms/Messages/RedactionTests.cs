using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Rooms.Messages;

/// <summary>Redactions by both endpoints, in every room version; SYN-78, SYN-79.</summary>
public sealed class RedactionTests
{
    [Theory]
    [AllDatabases("10")]
    [AllDatabases("11")]
    [AllDatabases("12")]
    public async Task Redaction_ByEitherEndpoint_StripsTheEventForGood(DatabaseKind kind, string version)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync(new JsonObject { ["room_version"] = version });
        var first = await alice.SendAsync(room, "one");
        var second = await alice.SendAsync(room, "two");

        var redaction = await RedactAsync(alice, room, first, "r1", "rude");
        Assert.Equal(redaction, await RedactAsync(alice, room, first, "r1", "rude"));
        await alice.SendAsync(room, "m.room.redaction", new JsonObject { ["redacts"] = second, ["reason"] = "rude" });

        await CheckAsync(alice);
        await using var again = await app.RestartAsync();
        await CheckAsync(again.WithToken(alice.AccessToken));

        async Task CheckAsync(MatrixClient reader)
        {
            foreach (var eventId in new[] { first, second })
            {
                var redacted = await reader.EventAsync(room, eventId);
                Assert.Empty(redacted["content"]!.AsObject());
                var because = redacted["unsigned"]!["redacted_because"]!;
                Assert.Equal("rude", (string?)because["content"]!["reason"]);
                Assert.Equal(eventId, (string?)because["redacts"]);
                Assert.Equal(eventId, (string?)because["content"]!["redacts"]);
            }

            Assert.Empty((await reader.HistoryAsync(room)).Bodies());
            Assert.Equal(first, (string?)(await reader.EventAsync(room, redaction))["redacts"]);
        }
    }

    [Theory]
    [AllDatabases]
    public async Task Redaction_OfState_ShowsWhereverTheStateIsRead(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync(new JsonObject { ["name"] = "Secret" });
        var name = (string)(await alice.GetInRoomAsync(room, "state/m.room.name/?format=event").ExpectAsync())["event_id"]!;

        await RedactAsync(alice, room, name, "r1");

        Assert.Empty(await alice.StateAsync(room, "m.room.name"));
        var state = JsonNode.Parse((await alice.GetInRoomAsync(room, "state")).Text)!.AsArray();
        var redacted = Assert.Single(state, roomEvent => (string?)roomEvent!["event_id"] == name)!;
        Assert.NotNull(redacted["unsigned"]!["redacted_because"]);
        Assert.DoesNotContain("Secret", state.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [AllDatabases]
    public async Task Redaction_WithoutPermissionOrTarget_IsRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var carol = await app.RegisterAsync("carol");
        var room = await alice.CreateRoomAsync();
        var elsewhere = await alice.CreateRoomAsync();
        await bob.JoinAsync(room);
        var mine = await alice.SendAsync(room, "mine");
        var foreign = await alice.SendAsync(elsewhere, "foreign");
        var his = await bob.SendAsync(room, "his");

        await RefusedAsync(bob, mine, HttpStatusCode.Forbidden, "M_FORBIDDEN");
        await RefusedAsync(carol, mine, HttpStatusCode.Forbidden, "M_FORBIDDEN");
        await RefusedAsync(alice, foreign, HttpStatusCode.NotFound, "M_NOT_FOUND");
        await RefusedAsync(alice, "$unknown", HttpStatusCode.NotFound, "M_NOT_FOUND");
        await RefusedAsync(alice, "unknown", HttpStatusCode.BadRequest, "M_INVALID_PARAM");
        await alice.PutInRoomAsync(room, "send/m.room.redaction/t1")
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");
        await RedactAsync(bob, room, his, "own");
        await RedactAsync(alice, room, his, "again");

        Assert.Equal(["mine"], (await alice.HistoryAsync(room)).Bodies());
        var because = (await alice.EventAsync(room, his))["unsigned"]!["redacted_because"]!;
        Assert.Equal(bob.UserId, (string?)because["sender"]);

        async Task RefusedAsync(MatrixClient user, string eventId, HttpStatusCode status, string errorCode) =>
            await user.PutInRoomAsync(room, $"redact/{MatrixClient.Escape(eventId)}/t1").ExpectErrorAsync(status, errorCode);
    }

    [Theory]
    [AllDatabases("10")]
    [AllDatabases("12")]
    public async Task Redaction_OfRedaction_StripsItEverywhereAndRestoresNothing(DatabaseKind kind, string version)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync(new JsonObject { ["room_version"] = version });
        var message = await alice.SendAsync(room, "gone");
        var topic = await alice.SetStateAsync(room, "m.room.topic", new JsonObject { ["topic"] = "gone" });
        foreach (var eventId in new[] { message, topic })
        {
            var redaction = await RedactAsync(alice, room, eventId, $"of{eventId}", "libel");
            await RedactAsync(alice, room, redaction, $"of{redaction}");
        }

        await CheckAsync(alice);
        await using var again = await app.RestartAsync();
        await CheckAsync(again.WithToken(alice.AccessToken));

        async Task CheckAsync(MatrixClient reader)
        {
            foreach (var eventId in new[] { message, topic })
            {
                var redacted = await reader.EventAsync(room, eventId);
                Assert.NotNull(redacted["unsigned"]!["redacted_because"]);
                Assert.DoesNotContain("libel", redacted.ToJsonString(), StringComparison.Ordinal);
            }

            var state = (await reader.GetInRoomAsync(room, "state")).Text;
            Assert.Contains(topic, state, StringComparison.Ordinal);
            Assert.DoesNotContain("libel", state, StringComparison.Ordinal);
            Assert.DoesNotContain("gone", state, StringComparison.Ordinal);
        }
    }

    [Theory]
    [AllDatabases("10")]
    [AllDatabases("12")]
    public async Task Redaction_OfTheCreateEvent_LeavesTheRoomAlive(DatabaseKind kind, string version)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync(new JsonObject { ["room_version"] = version });
        var create = (await alice.HistoryAsync(room))[0];

        await alice.PutInRoomAsync(room, $"redact/{MatrixClient.Escape((string)create["event_id"]!)}/t1")
            .ExpectForbiddenAsync();

        await using var again = await app.RestartAsync();
        await again.WithToken(alice.AccessToken).PutInRoomAsync(room, "send/m.room.message/t2", RoomRequests.Text("alive"))
            .ExpectAsync();
    }

    private static async Task<string> RedactAsync(
        MatrixClient user, string room, string eventId, string transaction, string? reason = null)
    {
        JsonObject body = reason is null ? [] : new() { ["reason"] = reason };
        var path = $"redact/{MatrixClient.Escape(eventId)}/{MatrixClient.Escape(transaction)}";
        return (string)(await user.PutInRoomAsync(room, path, body).ExpectAsync())["event_id"]!;
    }
}
