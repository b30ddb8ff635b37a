using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Rooms;
using Matrix.Realtime.Tests.Sync;

namespace Matrix.Realtime.Tests.Receipts;

/// <summary>Receipts and read markers as users move them, and as syncs tell of them.</summary>
internal static class ReceiptRequests
{
    public const string Public = "m.read";
    public const string Private = "m.read.private";
    public const string FullyRead = "m.fully_read";

    /// <summary>Moves a receipt; that must succeed.</summary>
    public static async Task ReadAsync(
        this MatrixClient user, string room, string eventId, string? thread = null, string type = Public)
    {
        JsonObject body = thread is null ? [] : new() { ["thread_id"] = thread };
        Assert.Empty(await user.PostReceiptAsync(room, eventId, type, body).ExpectAsync());
    }

    /// <summary>Asks for a receipt, with any body.</summary>
    public static Task<MatrixResponse> PostReceiptAsync(
        this MatrixClient user, string room, string eventId, string type = Public, JsonObject? body = null) =>
        user.PostInRoomAsync(room, $"receipt/{MatrixClient.Escape(type)}/{MatrixClient.Escape(eventId)}", body);

    /// <summary>Moves what the body names; that must succeed.</summary>
    public static async Task SetMarkersAsync(this MatrixClient user, string room, JsonObject body) =>
        Assert.Empty(await user.PostInRoomAsync(room, "read_markers", body).ExpectAsync());

    /// <summary>Where the read marker stands, by the room's account data.</summary>
    public static async Task<string> MarkerAsync(this MatrixClient user, string room) =>
        (string)(await user.GetAsync(user.AccountDataPath(FullyRead, room)).ExpectAsync())["event_id"]!;

    /// <summary>The receipts that an answer tells of in a room, one line each, in an order of their own.</summary>
    public static List<string> Receipts(this JsonObject sync, string room) =>
        [.. sync.ReceiptEvents(room).SelectMany(Lines).Order(StringComparer.Ordinal)];

    /// <summary>The content of each <c>m.receipt</c> event.</summary>
    public static List<JsonObject> ReceiptEvents(this JsonObject sync, string room) =>
        [.. sync.Joined(room).Ephemeral()
            .Where(found => (string)found["type"]! == "m.receipt").Select(found => found["content"]!.AsObject())];

    /// <summary>The line for one receipt.</summary>
    public static string Line(MatrixClient user, string eventId, string? thread = null, string type = Public) =>
        $"{eventId} {type} {user.UserId} {thread}";

    private static IEnumerable<string> Lines(JsonObject content) =>
        from onEvent in content
        from ofType in onEvent.Value!.AsObject()
        from byUser in ofType.Value!.AsObject()
        select $"{onEvent.Key} {ofType.Key} {byUser.Key} {byUser.Value!["thread_id"]}";
}
