using System.Text.Json.Nodes;

namespace Matrix.Realtime.Tests.Rooms;

/// <summary>Events that relate to others.</summary>
internal static class Relations
{
    public static Task<string> ReplyInThreadAsync(this MatrixClient user, string room, string root, string text = "reply") =>
        user.RelateAsync(room, "m.thread", root, text);

    /// <summary>Sends a message that relates to another event, and returns its id.</summary>
    public static Task<string> RelateAsync(
        this MatrixClient user, string room, string relType, string eventId, string text = "related") =>
        user.SendAsync(room, "m.room.message", new JsonObject
        {
            ["msgtype"] = "m.text",
            ["body"] = text,
            ["m.relates_to"] = new JsonObject { ["rel_type"] = relType, ["event_id"] = eventId },
        });

    /// <summary>The same with an event of another type that says nothing else.</summary>
    public static Task<string> RelateTypedAsync(
        this MatrixClient user, string room, string type, string relType, string eventId) =>
        user.SendAsync(room, type, new JsonObject
        {
            ["m.relates_to"] = new JsonObject { ["rel_type"] = relType, ["event_id"] = eventId },
        });
}
