using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Filters;

// SYN-3, SYN-4, SYN-46
public sealed class SyncFilterParameterTests
{
    [Theory]
    [AllDatabases("none", "M_INVALID_PARAM")]
    [AllDatabases("{", "M_NOT_JSON")]
    [AllDatabases("{} {}", "M_NOT_JSON")]
    [AllDatabases("{\"room\":[]}", "M_INVALID_PARAM")]
    [AllDatabases("{\"room\":{\"state\":{\"lazy_load_members\":\"true\"}}}", "M_INVALID_PARAM")]
    [AllDatabases("{\"event_fields\":[\"\\ud800\"]}", "M_INVALID_PARAM")]
    public async Task Sync_FilterIsUnknownOrMalformed_IsRefused(DatabaseKind kind, string filter, string errorCode)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        var alice = await server.RegisterAsync("alice");

        await alice.GetAsync($"sync?filter={MatrixClient.Escape(filter)}")
            .ExpectErrorAsync(HttpStatusCode.BadRequest, errorCode);
    }

    [Theory]
    [AllDatabases]
    public async Task Sync_FilterStoredOrInline_IsApplied(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        var alice = await server.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        await alice.SendAsync(roomId, "Curiouser");
        var definition = new JsonObject
        {
            ["room"] = new JsonObject { ["timeline"] = new JsonObject { ["types"] = new JsonArray("m.room.message") } },
        };
        var path = $"user/{MatrixClient.Escape(alice.UserId)}/filter";
        var stored = (string)(await alice.PostAsync(path, definition).ExpectAsync())["filter_id"]!;

        foreach (var filter in new[] { stored, definition.ToJsonString() })
        {
            var sync = await alice.SyncAsync(filter: filter);
            var events = sync["rooms"]!["join"]![roomId]!["timeline"]!["events"]!.AsArray();
            Assert.Equal("m.room.message", (string?)Assert.Single(events)!["type"]);
        }
    }
}
