using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Rooms;

namespace Matrix.Realtime.Tests.Relations;

/// <summary>Sending events that relate to others, and reading them.</summary>
internal static class RelationRequests
{
    public static Task<string> EditAsync(this MatrixClient user, string room, string eventId, string body)
    {
        var content = Relating($"* {body}", "m.replace", eventId);
        content["m.new_content"] = RoomRequests.Text(body);
        return user.SendAsync(room, "m.room.message", content);
    }

    public static Task<string> ReferAsync(this MatrixClient user, string room, string eventId) =>
        user.SendAsync(room, "org.example.reference", Relating("see", "m.reference", eventId));

    public static async Task<string> ReactAsync(this MatrixClient user, string room, string eventId, string key) =>
        (string)(await user.TryReactAsync(room, eventId, key).ExpectAsync())["event_id"]!;

    public static Task<MatrixResponse> TryReactAsync(
        this MatrixClient user, string room, string eventId, string key, string type = "m.reaction", string? transaction = null) =>
        user.PutInRoomAsync(
            room,
            $"send/{type}/{transaction ?? Guid.NewGuid().ToString()}",
            new()
            {
                ["m.relates_to"] = new JsonObject { ["rel_type"] = "m.annotation", ["event_id"] = eventId, ["key"] = key },
            });

    public static Task RedactAsync(this MatrixClient user, string room, string eventId) =>
        user.PutInRoomAsync(room, $"redact/{MatrixClient.Escape(eventId)}/{Guid.NewGuid()}").ExpectAsync();

    public static Task<MatrixResponse> GetRelationsAsync(
        this MatrixClient user, string room, string eventId, string rest = "") =>
        user.GetAsync($"/_matrix/client/v1/rooms/{MatrixClient.Escape(room)}/relations/{MatrixClient.Escape(eventId)}{rest}");

    public static Task<MatrixResponse> GetThreadsAsync(this MatrixClient user, string room, string query = "") =>
        user.GetAsync($"/_matrix/client/v1/rooms/{MatrixClient.Escape(room)}/threads{query}");

    public static List<string> Ids(this JsonNode chunk) =>
        [.. chunk.AsArray().Select(found => (string)found!["event_id"]!)];

    /// <summary>What is bundled with an event, by <c>/event</c>.</summary>
    public static async Task<JsonObject> BundleAsync(this MatrixClient user, string room, string eventId) =>
        Bundle(await user.EventAsync(room, eventId));

    public static JsonObject Bundle(this JsonNode roomEvent) => roomEvent["unsigned"]!["m.relations"]?.AsObject() ?? [];

    private static JsonObject Relating(string body, string relType, string eventId)
    {
        var content = RoomRequests.Text(body);
        content["m.relates_to"] = new JsonObject { ["rel_type"] = relType, ["event_id"] = eventId };
        return content;
    }
}
