using System.Text.Json;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Versions;

namespace Matrix.Realtime.Rooms.Authorization;

/// <summary>Rule 10: <c>m.room.power_levels</c>. Nobody gives more than they have or takes from their equals.</summary>
internal static class PowerLevelsRules
{
    private static readonly string[] Levels =
        ["users_default", "events_default", "state_default", "ban", "redact", "kick", "invite"];

    private static readonly string[] Maps = ["events", "notifications", "users"];

    public static void Check(RoomVersion version, Pdu candidate, Pdu create, PowerLevels current)
    {
        var content = candidate.Content;
        if (FindFault(content) is { } fault)
        {
            throw MatrixException.Forbidden(fault);
        }

        CheckCreators(version, content, create);

        // 10.5
        if (current.Content.ValueKind == JsonValueKind.Undefined)
        {
            return;
        }

        var senderLevel = current.Of(candidate.Sender);
        CheckLevels(content, current.Content, senderLevel);
        CheckMap("events", content, current.Content, senderLevel);
        CheckMap("notifications", content, current.Content, senderLevel);
        CheckUsers(content, current.Content, candidate.Sender, senderLevel);
    }

    /// <summary>Rules 10.1 to 10.3: what is wrong with the content whoever sends it, or null.</summary>
    public static string? FindFault(JsonElement content)
    {
        foreach (var name in Levels)
        {
            if (content.TryGet(name, out var level) && !level.IsInteger())
            {
                return $"'{name}' must be an integer.";
            }
        }

        foreach (var name in Maps)
        {
            if (content.TryGet(name, out var map) && !IsMapOfIntegers(map))
            {
                return $"'{name}' must be an object whose values are integers.";
            }
        }

        var hasOtherKeys = content.TryGet("users", out var users)
            && !users.EnumerateObject().All(user => UserId.TryParse(user.Name, out _));
        return hasOtherKeys ? "'users' must have user ids as keys." : null;
    }

    private static bool IsMapOfIntegers(JsonElement map) =>
        map.ValueKind == JsonValueKind.Object && map.EnumerateObject().All(entry => entry.Value.IsInteger());

    // 10.4
    private static void CheckCreators(RoomVersion version, JsonElement content, Pdu create)
    {
        if (content.TryGet("users", out var users)
            && users.EnumerateObject().Any(user => RoomCreators.IsPrivileged(version, create, user.Name)))
        {
            throw MatrixException.Forbidden("'users' must not contain a creator of the room.");
        }
    }

    // 10.6
    private static void CheckLevels(JsonElement content, JsonElement current, long senderLevel)
    {
        foreach (var name in Levels)
        {
            CheckChange(name, current.Integer(name), content.Integer(name), senderLevel);
        }
    }

    // 10.7 and 10.8
    private static void CheckMap(string map, JsonElement content, JsonElement current, long senderLevel)
    {
        foreach (var (key, before, after) in Changes(map, content, current))
        {
            CheckChange(key, before, after, senderLevel);
        }
    }

    // 10.9 and 10.10
    private static void CheckUsers(JsonElement content, JsonElement current, UserId sender, long senderLevel)
    {
        foreach (var (user, before, after) in Changes("users", content, current))
        {
            if (user != sender.Value && before >= senderLevel)
            {
                throw MatrixException.Forbidden($"You cannot change the power level of {user}.");
            }

            CheckChange(user, null, after, senderLevel);
        }
    }

    private static void CheckChange(string name, long? before, long? after, long senderLevel)
    {
        if (before != after && (before > senderLevel || after > senderLevel))
        {
            throw MatrixException.Forbidden($"You cannot change the level of '{name}' from or to one above your own.");
        }
    }

    private static IEnumerable<(string Key, long? Before, long? After)> Changes(
        string map, JsonElement content, JsonElement current)
    {
        var before = Entries(current, map);
        var after = Entries(content, map);
        foreach (var key in before.Keys.Union(after.Keys))
        {
            long? old = before.TryGetValue(key, out var oldLevel) ? oldLevel : null;
            long? level = after.TryGetValue(key, out var newLevel) ? newLevel : null;
            if (old != level)
            {
                yield return (key, old, level);
            }
        }
    }

    private static Dictionary<string, long> Entries(JsonElement content, string map)
    {
        var entries = new Dictionary<string, long>();
        if (content.TryGet(map, JsonValueKind.Object, out var members))
        {
            foreach (var member in members.EnumerateObject().Where(member => member.Value.IsInteger()))
            {
                entries[member.Name] = member.Value.GetInt64();
            }
        }

        return entries;
    }
}
