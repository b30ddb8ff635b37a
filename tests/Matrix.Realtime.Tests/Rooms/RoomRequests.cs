using System.Net;
using System.Text.Json.Nodes;

namespace Matrix.Realtime.Tests.Rooms;

/// <summary>Requests below one room's path, and what is read of their answers.</summary>
internal static class RoomRequests
{
    public static Task<MatrixResponse> GetInRoomAsync(this MatrixClient user, string room, string path) =>
        user.GetAsync($"rooms/{MatrixClient.Escape(room)}/{path}");

    public static Task<MatrixResponse> PutInRoomAsync(
        this MatrixClient user, string room, string path, JsonObject? body = null) =>
        user.PutAsync($"rooms/{MatrixClient.Escape(room)}/{path}", body ?? []);

    public static Task<MatrixResponse> PostInRoomAsync(
        this MatrixClient user, string room, string path, JsonObject? body = null) =>
        user.PostAsync($"rooms/{MatrixClient.Escape(room)}/{path}", body ?? []);

    /// <summary>The whole history that the user may see, the oldest first, read page by page.</summary>
    public static async Task<List<JsonObject>> HistoryAsync(
        this MatrixClient user, string room, string direction = "f", int limit = 100, string? from = null)
    {
        var events = new List<JsonObject>();
        do
        {
            var page = await user.GetInRoomAsync(
                room, $"messages?dir={direction}&limit={limit}" + (from is null ? "" : $"&from={from}")).ExpectAsync();
            events.AddRange(page["chunk"]!.AsArray().Select(roomEvent => roomEvent!.AsObject()));
            from = (string?)page["end"];
        }
        while (from is not null);

        if (direction == "b")
        {
            events.Reverse();
        }

        return events;
    }

    public static async Task<JsonObject> EventAsync(this MatrixClient user, string room, string eventId) =>
        await user.GetInRoomAsync(room, $"event/{MatrixClient.Escape(eventId)}").ExpectAsync();

    public static async Task<JsonObject> StateAsync(
        this MatrixClient user, string room, string type, string stateKey = "") =>
        await user.GetInRoomAsync(room, $"state/{MatrixClient.Escape(type)}/{MatrixClient.Escape(stateKey)}").ExpectAsync();

    /// <summary>Upgrades the room and returns the one that replaces it.</summary>
    public static async Task<string> UpgradeAsync(this MatrixClient user, string room, string version)
    {
        var answer = await user.PostInRoomAsync(room, "upgrade", new() { ["new_version"] = version }).ExpectAsync();
        return (string)answer["replacement_room"]!;
    }

    /// <summary>The events that an answer holds under a name.</summary>
    public static List<JsonObject> Events(this JsonObject answer, string name) =>
        [.. answer[name]!.AsArray().Select(found => found!.AsObject())];

    public static List<string> Ids(this IEnumerable<JsonObject> events) =>
        [.. events.Select(roomEvent => (string)roomEvent["event_id"]!)];

    public static List<string> Bodies(this IEnumerable<JsonObject> events) =>
        [.. events.Select(roomEvent => (string?)roomEvent["content"]!["body"]).OfType<string>()];

    public static Task<JsonObject> ExpectForbiddenAsync(this Task<MatrixResponse> response) =>
        response.ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");

    public static Task<JsonObject> ExpectInvalidParamAsync(this Task<MatrixResponse> response) =>
        response.ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");

    public static Task<MatrixResponse> SetVisibilityAsync(this MatrixClient user, string room, string visibility) =>
        user.PutInRoomAsync(room, "state/m.room.history_visibility", new() { ["history_visibility"] = visibility });

    public static JsonObject Text(string body) => new() { ["msgtype"] = "m.text", ["body"] = body };
}
