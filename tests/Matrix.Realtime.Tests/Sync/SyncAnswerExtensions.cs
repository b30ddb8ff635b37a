using System.Text.Json.Nodes;

namespace Matrix.Realtime.Tests.Sync;

/// <summary>Syncs whose answers are checked for their shape, and ways to look into them.</summary>
internal static class SyncAnswerExtensions
{
    /// <summary>How long a waiting poll waits; tests end it by a change.</summary>
    public const int Long = 60_000;

    /// <summary>How long tests wait for what must come, on however slow a machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Polls once and checks what holds for every answer.</summary>
    public static async Task<JsonObject> PollAsync(
        this MatrixClient client, string? since = null, int timeout = 0, string? filter = null, bool fullState = false)
    {
        var path = $"sync?timeout={timeout}"
            + (since is null ? "" : $"&since={MatrixClient.Escape(since)}")
            + (filter is null ? "" : $"&filter={MatrixClient.Escape(filter)}")
            + (fullState ? "&full_state=true" : "");
        var answer = await client.GetAsync(path).ExpectAsync().WaitAsync(Patience);
        SyncShape.Check(answer);
        return answer;
    }

    /// <summary>The token after everything so far.</summary>
    public static async Task<string> CatchUpAsync(this MatrixClient client, string? filter = null) =>
        (await client.PollAsync(filter: filter)).NextBatch();

    public static string NextBatch(this JsonObject sync) => (string)sync["next_batch"]!;

    public static JsonObject? Joined(this JsonObject sync, string roomId) => sync.Room("join", roomId);

    public static JsonObject? Invited(this JsonObject sync, string roomId) => sync.Room("invite", roomId);

    public static JsonObject? Left(this JsonObject sync, string roomId) => sync.Room("leave", roomId);

    /// <summary>Whether there is nothing in the answer but the token.</summary>
    public static bool IsQuiet(this JsonObject sync) =>
        sync["account_data"] is null && (sync["rooms"] is not JsonObject rooms || rooms.Count == 0);

    public static List<JsonObject> Timeline(this JsonObject? room) => Events(room, "timeline");

    public static List<JsonObject> State(this JsonObject? room) => Events(room, "state");

    public static List<JsonObject> Ephemeral(this JsonObject? room) => Events(room, "ephemeral");

    public static List<JsonObject> InviteState(this JsonObject? room) => Events(room, "invite_state");

    /// <summary>The texts of the messages in the timeline.</summary>
    public static List<string> Texts(this JsonObject? room) =>
        [.. room.Timeline().Select(found => (string?)found["content"]!["body"]).OfType<string>()];

    /// <summary>The state events of a type, by state key.</summary>
    public static Dictionary<string, JsonObject> Of(this IEnumerable<JsonObject> events, string type) =>
        events.Where(found => (string)found["type"]! == type).ToDictionary(found => (string)found["state_key"]!);

    public static List<string> Types(this IEnumerable<JsonObject> events) => [.. events.Select(found => (string)found["type"]!)];

    public static List<string> Ids(this IEnumerable<JsonObject> events) => [.. events.Select(found => (string)found["event_id"]!)];

    public static bool IsLimited(this JsonObject? room) => (bool)room!["timeline"]!["limited"]!;

    public static string PrevBatch(this JsonObject? room) => (string)room!["timeline"]!["prev_batch"]!;

    /// <summary>The content of an account data type in the answer or in a room of it.</summary>
    public static JsonObject? AccountData(this JsonObject? scope, string type) =>
        Events(scope, "account_data").SingleOrDefault(found => (string)found["type"]! == type)?["content"]!.AsObject();

    /// <summary>The ids of all events from a token backwards, newest first.</summary>
    public static async Task<List<JsonObject>> ReadBackAsync(
        this MatrixClient client, string roomId, string from, string? to = null, int pageSize = 7)
    {
        List<JsonObject> found = [];
        for (var next = from; next is not null;)
        {
            var path = $"rooms/{MatrixClient.Escape(roomId)}/messages?dir=b&limit={pageSize}&from={next}"
                + (to is null ? "" : $"&to={to}");
            var page = await client.GetAsync(path).ExpectAsync();
            found.AddRange(page["chunk"]!.AsArray().Select(item => item!.AsObject()));
            next = (string?)page["end"];
        }

        return found;
    }

    private static JsonObject? Room(this JsonObject sync, string section, string roomId) =>
        sync["rooms"]?[section]?[roomId]?.AsObject();

    private static List<JsonObject> Events(JsonObject? scope, string section) =>
        scope?[section] is { } found ? [.. found["events"]!.AsArray().Select(item => item!.AsObject())] : [];
}
