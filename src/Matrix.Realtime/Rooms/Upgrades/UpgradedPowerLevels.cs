using System.Text.Json;
using System.Text.Json.Nodes;
using Matrix.Realtime.Json;
using Matrix.Realtime.Rooms.Authorization;
using Matrix.Realtime.Rooms.Creation;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Rooms.Upgrades;

/// <summary>The power levels of two rooms of which one replaces the other.</summary>
internal static class UpgradedPowerLevels
{
    private const long Administrator = 100;

    private const long Moderator = 50;

    private static readonly string[] Required = ["events_default", "state_default", "ban", "redact", "kick", "invite"];

    /// <summary>The new room's power levels: those of the old one in terms of the new version.</summary>
    public static byte[] Translate(RoomState old, RoomUpgrade upgrade)
    {
        var levels = PowerLevels.Of(old.Version!, old);
        var content = Copy(levels);
        var highest = TranslateUsers(old, upgrade, levels, content);
        var (from, to) = (old.Version!.CreatorsArePrivileged, upgrade.Version.CreatorsArePrivileged);
        if (to && !from)
        {
            var level = DefaultPowerLevels.ToUpgrade(levels.StateDefault);
            var events = Map(content, "events");
            events[EventTypes.Tombstone] = Math.Max(levels.ToSend(EventTypes.Tombstone, isState: true), level);
        }
        else if (from && !to)
        {
            BringIntoReach(content, highest);
        }

        return Serialize(content);
    }

    /// <summary>The old room's power levels, with which ordinary members neither speak nor invite.</summary>
    public static byte[] Close(RoomState old)
    {
        var levels = PowerLevels.Of(old.Version!, old);
        var content = Copy(levels);
        var closed = Math.Max(Moderator, Math.Min(levels.UsersDefault + 1, CanonicalJson.MaxInteger));
        content["events_default"] = Math.Max(levels.EventsDefault, closed);
        content["invite"] = Math.Max(levels.Invite, closed);
        return Serialize(content);
    }

    /// <summary>
    /// Takes out whom the new room puts above all levels. Whoever held power in the old room without being listed gets
    /// an administrator's level, as high as anybody's. Returns the highest level of a user.
    /// </summary>
    private static long TranslateUsers(RoomState old, RoomUpgrade upgrade, PowerLevels levels, JsonObject content)
    {
        var users = Map(content, "users");
        foreach (var creator in upgrade.PrivilegedCreators)
        {
            users.Remove(creator.Value);
        }

        var highest = users.Select(user => (long)user.Value!).Append(Administrator).Max();
        var isUnlisted = old.Version!.CreatorsArePrivileged || levels.Content.ValueKind == JsonValueKind.Undefined;
        var unlisted = isUnlisted ? RoomCreators.All(old.Version, old.Create()!) : [];
        foreach (var creator in unlisted.Except(upgrade.PrivilegedCreators))
        {
            users[creator.Value] = highest;
        }

        return highest;
    }

    /// <summary>What only creators could do falls to the highest users, now that no one stands above them.</summary>
    private static void BringIntoReach(JsonObject content, long highest)
    {
        Lower(content, Required);
        var events = Map(content, "events");
        Lower(events, [.. events.Select(level => level.Key)]);

        void Lower(JsonObject map, string[] names)
        {
            foreach (var name in names)
            {
                if (map[name] is { } level && (long)level > highest)
                {
                    map[name] = highest;
                }
            }
        }
    }

    private static JsonObject Copy(PowerLevels levels) => levels.Content.ValueKind == JsonValueKind.Undefined
        ? []
        : JsonObject.Create(levels.Content)!;

    private static JsonObject Map(JsonObject content, string name)
    {
        if (content[name] is not JsonObject map)
        {
            content[name] = map = [];
        }

        return map;
    }

    private static byte[] Serialize(JsonObject content) =>
        CanonicalJson.Serialize(JsonElement.Parse(content.ToJsonString()));
}
