using System.Text.Json;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Versions;

namespace Matrix.Realtime.Rooms.Authorization;

/// <summary>Who may do what in a room: <c>m.room.power_levels</c>, and defaults for whatever it leaves out.</summary>
/// <remarks>Looks the content up where it stands, so that asking for one user costs no copy of all of them.</remarks>
internal readonly struct PowerLevels
{
    /// <summary>The level of a creator from room version 12 on: above every level that an event can hold.</summary>
    public const long Infinite = long.MaxValue;

    private const long FounderLevel = 100;

    private readonly RoomVersion _version;
    private readonly Pdu? _create;

    private PowerLevels(RoomVersion version, Pdu? create, JsonElement content)
    {
        _version = version;
        _create = create;
        Content = content;
    }

    public long Invite => Level("invite", 0);

    public long Kick => Level("kick", 50);

    public long Ban => Level("ban", 50);

    public long Redact => Level("redact", 50);

    public long EventsDefault => Level("events_default", 0);

    public long StateDefault => Level("state_default", 50);

    public long UsersDefault => Level("users_default", 0);

    /// <summary>The content of the room's event, unset when there is none.</summary>
    public JsonElement Content { get; }

    /// <summary>Users whose level may not be the default: creators first, then those that the event lists.</summary>
    public IEnumerable<UserId> Named
    {
        get
        {
            var creators = _create is null ? [] : RoomCreators.All(_version, _create);
            return Content.TryGet("users", JsonValueKind.Object, out var users)
                ? creators.Concat(users.EnumerateObject().Select(user => UserId.Parse(user.Name)))
                : creators;
        }
    }

    public static PowerLevels Of(RoomVersion version, IRoomStateView state) =>
        Of(version, state, state.Find(EventTypes.PowerLevels, string.Empty)?.Content ?? default);

    /// <summary>Who may do what once the room's event has this content.</summary>
    public static PowerLevels Of(RoomVersion version, IRoomStateView state, JsonElement content) =>
        new(version, state.Create(), content);

    /// <summary>The user's level.</summary>
    public long Of(UserId userId)
    {
        if (_create is not null && RoomCreators.IsPrivileged(_version, _create, userId.Value))
        {
            return Infinite;
        }

        if (Content.ValueKind == JsonValueKind.Undefined)
        {
            var isFounder = _create is not null && RoomCreators.Founder(_version, _create) == userId.Value;
            return isFounder ? FounderLevel : 0;
        }

        return Entry("users", userId.Value) ?? UsersDefault;
    }

    /// <summary>Whether a member may ban another user: it takes the power to, and more than the other has.</summary>
    public bool MayBan(UserId sender, UserId target)
    {
        var level = Of(sender);
        return level >= Ban && Of(target) < level;
    }

    /// <summary>The level needed to send an event; memberships have rules of their own.</summary>
    public long ToSend(string type, bool isState) => Entry("events", type) ?? (isState ? StateDefault : EventsDefault);

    /// <summary>The level needed to notify by a key such as <c>room</c>.</summary>
    public long ToNotify(string key) => Entry("notifications", key) ?? 50;

    private long Level(string name, long absent) => Content.Integer(name) ?? absent;

    private long? Entry(string map, string key) => Content.TryGet(map, out var entries) ? entries.Integer(key) : null;
}
