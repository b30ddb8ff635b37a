using System.Text.Json;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;
using Matrix.Realtime.Rooms.Authorization;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Versions;

namespace Matrix.Realtime.Rooms.Creation;

/// <summary>The first <c>m.room.power_levels</c> content of a room.</summary>
internal static class DefaultPowerLevels
{
    private const long Moderator = 50;
    private const long Administrator = 100;

    private const long AboveAdministrators = 150;

    /// <summary>Builds the canonical content.</summary>
    /// <param name="version">The room's version.</param>
    /// <param name="preset">The room's preset.</param>
    /// <param name="creator">The user who creates the room.</param>
    /// <param name="peers">Those who get the creator's power: trusted invitees and additional creators.</param>
    /// <param name="override">
    /// The client's <c>power_level_content_override</c>, unset without one. Each of its properties replaces a default.
    /// </param>
    /// <exception cref="MatrixException">M_BAD_JSON: the override would not make valid power levels.</exception>
    public static byte[] Build(
        RoomVersion version,
        RoomPreset preset,
        UserId creator,
        IReadOnlyCollection<UserId> peers,
        JsonElement @override)
    {
        UserId[] creators = [creator, .. peers];
        var content = Defaults(version, preset, creators);
        if (@override.ValueKind != JsonValueKind.Undefined)
        {
            content.SetAll(new CanonicalObject(@override));
        }

        using var merged = JsonDocument.Parse(content.ToBytes());
        RequireValid(version, creators, merged.RootElement);
        if (version.CreatorsArePrivileged)
        {
            ProtectTombstone(content, merged.RootElement);
        }

        return content.ToBytes();
    }

    /// <summary>
    /// What upgrading a room takes from version 12 on: only creators stand above administrators, and only they should.
    /// </summary>
    public static long ToUpgrade(long stateDefault) =>
        Math.Max(AboveAdministrators, Math.Min(stateDefault + 1, CanonicalJson.MaxInteger));

    private static CanonicalObject Defaults(RoomVersion version, RoomPreset preset, IEnumerable<UserId> creators)
    {
        var content = new CanonicalObject();
        content.Set("ban", Moderator);
        content.Set("events", DefaultEvents(version).ToBytes());
        content.Set("events_default", 0);
        content.Set("invite", preset.InviteLevel);
        content.Set("kick", Moderator);
        content.Set("redact", Moderator);
        content.Set("state_default", Moderator);
        content.Set("users", DefaultUsers(version, creators).ToBytes());
        content.Set("users_default", 0);
        return content;
    }

    private static CanonicalObject DefaultEvents(RoomVersion version)
    {
        var events = new CanonicalObject();
        events.Set(EventTypes.Avatar, Moderator);
        events.Set(EventTypes.CanonicalAlias, Moderator);
        events.Set(EventTypes.Encryption, Administrator);
        events.Set(EventTypes.HistoryVisibility, Administrator);
        events.Set(EventTypes.Name, Moderator);
        events.Set(EventTypes.PowerLevels, Administrator);
        events.Set(EventTypes.ServerAcl, Administrator);
        if (!version.CreatorsArePrivileged)
        {
            events.Set(EventTypes.Tombstone, Administrator);
        }

        return events;
    }

    private static CanonicalObject DefaultUsers(RoomVersion version, IEnumerable<UserId> creators)
    {
        var users = new CanonicalObject();
        foreach (var user in version.CreatorsArePrivileged ? [] : creators)
        {
            users.Set(user.Value, Administrator);
        }

        return users;
    }

    private static void RequireValid(RoomVersion version, UserId[] creators, JsonElement content)
    {
        if (PowerLevelsRules.FindFault(content) is { } fault)
        {
            throw Invalid(fault);
        }

        var users = content.TryGet("users", out var map) ? map : default;
        if (version.CreatorsArePrivileged && creators.Any(user => users.TryGet(user.Value, out _)))
        {
            throw Invalid("'users' must not contain a creator of the room.");
        }

        if (!version.CreatorsArePrivileged && !users.TryGet(creators[0].Value, out _))
        {
            throw Invalid("'users' must contain the creator of the room.");
        }
    }

    private static MatrixException Invalid(string fault) =>
        MatrixException.BadJson($"power_level_content_override: {fault}");

    // An override may name a level for tombstones, but one that only forgets to does not open the upgrade to all.
    private static void ProtectTombstone(CanonicalObject content, JsonElement merged)
    {
        if (merged.TryGet("events", out var events) && events.TryGet(EventTypes.Tombstone, out _))
        {
            return;
        }

        var stateDefault = merged.Integer("state_default") ?? Moderator;
        var protectedEvents = new CanonicalObject(events);
        protectedEvents.Set(EventTypes.Tombstone, ToUpgrade(stateDefault));
        content.Set("events", protectedEvents.ToBytes());
    }
}
