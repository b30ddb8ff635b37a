using System.Text.Json;
using System.Text.Json.Nodes;

namespace Matrix.Realtime.Tests.Sync;

/// <summary>
/// What holds for every answer to a sync. SYN-9, SYN-17 to SYN-20, SYN-24, SYN-25, SYN-56, SYN-60, SYN-62, SYN-71 to
/// SYN-74, NOT-13.
/// </summary>
internal static class SyncShape
{
    private static readonly string[] Top =
    [
        "next_batch", "rooms", "account_data", "presence", "to_device",
        "device_lists", "device_one_time_keys_count", "device_unused_fallback_key_types",
    ];
    private static readonly string[] JoinedParts =
    [
        "timeline", "state", "state_after", "org.matrix.msc4222.state_after", "ephemeral", "account_data", "summary",
        "unread_notifications", "unread_thread_notifications",
    ];
    private static readonly string[] LeftParts =
        ["timeline", "state", "state_after", "org.matrix.msc4222.state_after", "account_data"];
    private static readonly string[] EventParts = ["event_id", "type", "sender", "origin_server_ts", "content", "unsigned"];

    public static void Check(JsonObject sync)
    {
        RequireNoNull(sync);
        RequireOnly(sync, Top);
        Assert.NotEmpty(sync.NextBatch());
        CheckAccountData(sync);
        CheckKeys(sync);
        var rooms = sync["rooms"]?.AsObject() ?? [];
        RequireOnly(rooms, ["join", "invite", "knock", "leave"]);
        var ids = rooms.SelectMany(section => section.Value!.AsObject().Select(room => room.Key)).ToList();
        Assert.Equal(ids.Distinct(), ids);
        foreach (var room in In(rooms, "join"))
        {
            RequireOnly(room, JoinedParts);
            CheckEvents(room);
            CheckAccountData(room);
            Assert.All(room.Ephemeral(), found => Assert.Equal(["content", "type"], Keys(found)));
            Assert.Equal(["highlight_count", "notification_count"], Keys(room["unread_notifications"]!.AsObject()));
        }

        foreach (var room in In(rooms, "leave"))
        {
            RequireOnly(room, LeftParts);
            CheckEvents(room);
            CheckAccountData(room);
        }

        foreach (var room in In(rooms, "invite"))
        {
            RequireOnly(room, ["invite_state"]);
            Assert.All(room.InviteState(), found => Assert.Equal(["content", "sender", "state_key", "type"], Keys(found)));
        }
    }

    private static void CheckKeys(JsonObject sync)
    {
        Assert.NotNull((int?)sync["device_one_time_keys_count"]?["signed_curve25519"]);
        Assert.Equal(JsonValueKind.Array, sync["device_unused_fallback_key_types"]?.GetValueKind());
        if (sync["device_lists"] is JsonObject lists)
        {
            Assert.Equal(["changed", "left"], Keys(lists));
            var users = lists.SelectMany(list => list.Value!.AsArray()).Select(user => (string)user!).ToList();
            Assert.NotEmpty(users);
            Assert.Equal(users.Distinct(), users);
        }
    }

    private static void CheckEvents(JsonObject room)
    {
        Assert.Equal(JsonValueKind.Array, room["timeline"]!["events"]!.GetValueKind());
        Assert.True(room["timeline"]!["limited"]!.GetValueKind() is JsonValueKind.True or JsonValueKind.False);
        Assert.NotEmpty(room.PrevBatch());
        var ids = room.Timeline().Concat(room.State()).Ids();
        Assert.Equal(ids.Distinct(), ids);
        var slots = room.State().Select(found => ((string)found["type"]!, (string)found["state_key"]!)).ToList();
        Assert.Equal(slots.Distinct(), slots);
        foreach (var found in room.Timeline().Concat(room.State()))
        {
            Assert.Empty(EventParts.Except(Keys(found)));
            RequireOnly(found, [.. EventParts, "state_key", "redacts"]);
            Assert.True((long)found["unsigned"]!["age"]! >= 0);
        }
    }

    private static void CheckAccountData(JsonObject scope)
    {
        if (scope["account_data"] is JsonObject section)
        {
            Assert.All(section["events"]!.AsArray(), found => Assert.Equal(["content", "type"], Keys(found!.AsObject())));
        }
    }

    /// <summary>No member or item is null, except in content, which is the sender's.</summary>
    private static void RequireNoNull(JsonNode? node)
    {
        Assert.NotNull(node);
        switch (node)
        {
            case JsonObject members:
                Assert.All(members.Where(member => member.Key != "content"), member => RequireNoNull(member.Value));
                break;
            case JsonArray items:
                Assert.All(items, RequireNoNull);
                break;
        }
    }

    private static void RequireOnly(JsonObject found, IEnumerable<string> known) => Assert.Empty(Keys(found).Except(known));

    private static IEnumerable<string> Keys(JsonObject found) => found.Select(member => member.Key).Order(StringComparer.Ordinal);

    private static IEnumerable<JsonObject> In(JsonObject rooms, string section) =>
        rooms[section]?.AsObject().Select(room => room.Value!.AsObject()) ?? [];
}
