using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Sync;

namespace Matrix.Realtime.Tests.UnreadCounts;

/// <summary>Counts as syncs tell them, and messages that change them.</summary>
internal static class UnreadRequests
{
    /// <summary>Asks for the counts of each thread.</summary>
    public const string ByThread = """{"room":{"timeline":{"unread_thread_notifications":true}}}""";

    /// <summary>The counts of a room, as in "3/1 in the main timeline": all of them, unless threads are told apart.</summary>
    public static string Counts(this JsonObject sync, string room) => Text(sync.Joined(room)!["unread_notifications"]!);

    /// <summary>The counts of the threads where something is unread.</summary>
    public static Dictionary<string, string> ThreadCounts(this JsonObject sync, string room) =>
        (sync.Joined(room)!["unread_thread_notifications"]?.AsObject() ?? [])
            .ToDictionary(thread => thread.Key, thread => Text(thread.Value!));

    /// <summary>What a first sync says: all together.</summary>
    public static async Task<string> CountAsync(this MatrixClient user, string room) =>
        (await user.PollAsync()).Counts(room);

    /// <summary>What a first sync says: the main timeline, then the one thread, if it has something unread.</summary>
    public static async Task<string> SplitAsync(this MatrixClient user, string room)
    {
        var sync = await user.PollAsync(filter: ByThread);
        return string.Join(" + ", sync.ThreadCounts(room).Values.Prepend(sync.Counts(room)));
    }

    /// <summary>Sends a message that mentions a user in the way of the specification, or of old, by name.</summary>
    public static Task<string> MentionAsync(
        this MatrixClient sender, string room, MatrixClient user, bool byName = false, string? thread = null)
    {
        JsonObject content = new() { ["msgtype"] = "m.text", ["body"] = byName ? $"hello {user.UserId}!" : "hello!" };
        if (!byName)
        {
            content["m.mentions"] = new JsonObject { ["user_ids"] = new JsonArray(user.UserId) };
        }

        if (thread is not null)
        {
            content["m.relates_to"] = new JsonObject { ["rel_type"] = "m.thread", ["event_id"] = thread };
        }

        return sender.SendAsync(room, "m.room.message", content);
    }

    public static async Task<string> ReactAsync(this MatrixClient sender, string room, string eventId) =>
        await sender.SendAsync(room, "m.reaction", new JsonObject
        {
            ["m.relates_to"] = new JsonObject { ["rel_type"] = "m.annotation", ["event_id"] = eventId, ["key"] = "👍" },
        });

    private static string Text(JsonNode counts) => $"{counts["notification_count"]}/{counts["highlight_count"]}";
}
