using System.Text.Json.Nodes;

namespace Matrix.Realtime.Tests.RoomDirectory;

/// <summary>Requests about how rooms are found.</summary>
internal static class DirectoryRequests
{
    public static Task<MatrixResponse> FindAliasAsync(this MatrixClient client, string alias) =>
        client.GetAsync(AliasPath(alias));

    public static Task<MatrixResponse> AddAliasAsync(this MatrixClient user, string alias, string room) =>
        user.PutAsync(AliasPath(alias), new JsonObject { ["room_id"] = room });

    public static Task<MatrixResponse> DeleteAliasAsync(this MatrixClient user, string alias) =>
        user.DeleteAsync(AliasPath(alias));

    /// <summary>The room's aliases, in order.</summary>
    public static async Task<List<string>> AliasesAsync(this MatrixClient user, string room) =>
        Texts((await user.GetAsync($"rooms/{MatrixClient.Escape(room)}/aliases").ExpectAsync())["aliases"]);

    /// <summary>Creates a room that anybody may join and find.</summary>
    public static Task<string> CreatePublishedRoomAsync(this MatrixClient user, string name, JsonObject? more = null)
    {
        var request = more ?? [];
        request["visibility"] = "public";
        request["name"] = name;
        return user.CreateRoomAsync(request);
    }

    public static Task<MatrixResponse> ListAsync(this MatrixClient user, JsonObject? request = null) =>
        user.PostAsync("publicRooms", request ?? []);

    /// <summary>The names on a page of the list.</summary>
    public static async Task<List<string>> NamesAsync(this MatrixClient user, JsonObject? request = null) =>
        Names(await user.ListAsync(request).ExpectAsync());

    public static List<string> Names(JsonObject page) =>
        [.. page["chunk"]!.AsArray().Select(room => (string?)room!["name"] ?? "")];

    public static Task<MatrixResponse> SetListedAsync(this MatrixClient user, string room, string visibility) =>
        user.PutAsync(ListPath(room), new JsonObject { ["visibility"] = visibility });

    public static async Task<string?> VisibilityAsync(this MatrixClient client, string room) =>
        (string?)(await client.GetAsync(ListPath(room)).ExpectAsync())["visibility"];

    public static string ListPath(string room) => $"directory/list/room/{MatrixClient.Escape(room)}";

    public static List<string> Texts(JsonNode? array) => [.. array!.AsArray().Select(text => (string)text!)];

    private static string AliasPath(string alias) => $"directory/room/{MatrixClient.Escape(alias)}";
}
