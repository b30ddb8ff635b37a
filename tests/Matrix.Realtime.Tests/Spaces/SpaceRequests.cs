using System.Text.Json.Nodes;

namespace Matrix.Realtime.Tests.Spaces;

/// <summary>Trees of rooms, and requests about them.</summary>
internal static class SpaceRequests
{
    /// <summary>Creates a space; unless told otherwise a public one.</summary>
    public static Task<string> CreateSpaceAsync(this MatrixClient user, string name, string preset = "public_chat") =>
        user.CreateRoomAsync(new()
        {
            ["preset"] = preset,
            ["name"] = name,
            ["creation_content"] = new JsonObject { ["type"] = "m.space" },
        });

    /// <summary>Creates a room; unless told otherwise a public one.</summary>
    public static Task<string> CreateNamedAsync(this MatrixClient user, string name, string preset = "public_chat") =>
        user.CreateRoomAsync(new() { ["preset"] = preset, ["name"] = name });

    public static Task AddChildAsync(
        this MatrixClient user, string space, string child, string? order = null, bool suggested = false)
    {
        JsonObject content = new() { ["via"] = new JsonArray("localhost"), ["suggested"] = suggested };
        if (order is not null)
        {
            content["order"] = order;
        }

        return user.SetStateAsync(space, "m.space.child", content, child);
    }

    public static Task<MatrixResponse> GetHierarchyAsync(this MatrixClient user, string space, string query = "") =>
        user.GetAsync($"/_matrix/client/v1/rooms/{MatrixClient.Escape(space)}/hierarchy?{query}");

    /// <summary>The names of the rooms of a tree, in the order that they are told in.</summary>
    public static async Task<List<string>> TreeAsync(this MatrixClient user, string space, string query = "") =>
        Names(await user.GetHierarchyAsync(space, query).ExpectAsync());

    public static List<string> Names(JsonObject page) =>
        [.. page["rooms"]!.AsArray().Select(room => (string?)room!["name"] ?? "")];

    public static Task<MatrixResponse> GetSummaryAsync(this MatrixClient client, string roomIdOrAlias) =>
        client.GetAsync($"/_matrix/client/v1/room_summary/{MatrixClient.Escape(roomIdOrAlias)}");

    /// <summary>Lets the members of another room in.</summary>
    public static Task RestrictAsync(this MatrixClient user, string room, string allowed, string rule = "restricted") =>
        user.SetStateAsync(room, "m.room.join_rules", new()
        {
            ["join_rule"] = rule,
            ["allow"] = new JsonArray(new JsonObject { ["type"] = "m.room_membership", ["room_id"] = allowed }),
        });
}
