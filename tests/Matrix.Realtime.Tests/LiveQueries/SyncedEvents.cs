using System.Text.Json.Nodes;

namespace Matrix.Realtime.Tests.LiveQueries;

/// <summary>The ids of the events that a client's syncs have told it of.</summary>
internal sealed class SyncedEvents(MatrixClient user)
{
    private const string Filter = """{"room":{"timeline":{"limit":1000}}}""";

    private string? _since;

    /// <summary>All that came in timelines or as state.</summary>
    public HashSet<string> All { get; } = [];

    /// <summary>
    /// Those of timelines that were sent while the user was joined to their room, not by joining or leaving.
    /// </summary>
    public HashSet<string> WhileJoined { get; } = [];

    public async Task SyncAsync()
    {
        var answer = await user.SyncAsync(_since, filter: Filter);
        _since = (string)answer["next_batch"]!;
        foreach (var section in new[] { "join", "leave" })
        {
            foreach (var (_, room) in answer["rooms"]?[section]?.AsObject() ?? [])
            {
                Take(room!);
            }
        }
    }

    private void Take(JsonNode room)
    {
        foreach (var added in EventsOf(room, "state").Concat(EventsOf(room, "timeline")))
        {
            All.Add((string)added["event_id"]!);
        }

        foreach (var added in EventsOf(room, "timeline"))
        {
            var isOwn = (string)added["type"]! == "m.room.member" && (string?)added["state_key"] == user.UserId;
            if (!isOwn && (string?)added["unsigned"]?["membership"] == "join")
            {
                WhileJoined.Add((string)added["event_id"]!);
            }
        }
    }

    private static IEnumerable<JsonNode> EventsOf(JsonNode room, string section) =>
        room[section]?["events"]?.AsArray().OfType<JsonNode>() ?? [];
}
