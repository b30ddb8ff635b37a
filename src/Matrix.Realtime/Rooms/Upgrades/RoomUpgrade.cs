using System.Text.Json;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;
using Matrix.Realtime.Rooms.Authorization;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Membership;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Rooms.Versions;
using Matrix.Realtime.Rooms.Writing;

namespace Matrix.Realtime.Rooms.Upgrades;

/// <summary>Who upgrades a room to which version, and what the new room takes over from the old one.</summary>
internal sealed class RoomUpgrade
{
    private static readonly string[] CopiedState =
    [
        EventTypes.ServerAcl, EventTypes.Encryption, EventTypes.Name, EventTypes.Avatar, EventTypes.Topic,
        EventTypes.GuestAccess, EventTypes.HistoryVisibility, EventTypes.JoinRules,
    ];

    private readonly CanonicalObject _creation = new();

    /// <exception cref="MatrixException">M_BAD_JSON: the additional creators are no list of user ids.</exception>
    public RoomUpgrade(UserId upgradedBy, RoomVersion version, JsonElement? additionalCreators)
    {
        UpgradedBy = upgradedBy;
        Version = version;
        _creation.Set("room_version", version.Id);
        if (version.CreatorInContent)
        {
            _creation.Set("creator", upgradedBy.Value);
        }

        if (version.CreatorsArePrivileged)
        {
            AddCreators(additionalCreators);
        }
    }

    public UserId UpgradedBy { get; }

    public RoomVersion Version { get; }

    /// <summary>Those whom no power level binds in the new room.</summary>
    public IReadOnlyCollection<UserId> PrivilegedCreators { get; private set; } = [];

    /// <summary>The content of the new room's <c>m.room.create</c>.</summary>
    /// <param name="old">The room to replace.</param>
    /// <param name="last">The last event in it, where that is known before the new room is there.</param>
    public byte[] CreateContent(RoomState old, EventId? last)
    {
        var content = new CanonicalObject();
        content.SetAll(_creation);
        var before = new CanonicalObject(old.Create()!.Content);
        foreach (var name in (string[])["type", "m.federate"])
        {
            if (before.TryGet(name, out var value))
            {
                content.Set(name, value);
            }
        }

        var predecessor = new CanonicalObject();
        predecessor.Set("room_id", old.RoomId.Value);
        if (last is { } eventId)
        {
            predecessor.Set("event_id", eventId.Value);
        }

        content.Set("predecessor", predecessor.ToBytes());
        return content.ToBytes();
    }

    public EventDraft Tombstone(RoomId successor)
    {
        var content = new CanonicalObject();
        content.Set("body", "This room has been replaced.");
        content.Set("replacement_room", successor.Value);
        return Draft(EventTypes.Tombstone, string.Empty, content.ToBytes());
    }

    public EventDraft Join(MemberProfile profile) =>
        Draft(EventTypes.Member, UpgradedBy.Value, MemberContent.Create(Memberships.Join, profile));

    /// <summary>
    /// The state that the new room starts with, but for its power levels. Links between spaces and rooms that were
    /// taken away have no content.
    /// </summary>
    public IEnumerable<EventDraft> State(RoomState old) => CopiedState
        .Select(type => old.FindEvent(type, string.Empty)).OfType<RoomEvent>()
        .Concat(old.State.Values.Where(state =>
            state.Type is EventTypes.SpaceChild or EventTypes.SpaceParent && state.Content.EnumerateObject().Any()))
        .Select(state => Draft(state.Type, state.StateKey!, state.Pdu.ContentJson));

    /// <summary>The bans, but for those of creators, who cannot be banned.</summary>
    public IEnumerable<EventDraft> Bans(RoomState old) => old.Members.Values
        .Where(member => member.Pdu.Membership == Memberships.Ban
            && !PrivilegedCreators.Any(creator => creator.Value == member.StateKey))
        .Select(member => Draft(
            EventTypes.Member,
            member.StateKey!,
            MemberContent.Create(Memberships.Ban, reason: member.Content.String("reason"))));

    public EventDraft PowerLevels(byte[] content) => Draft(EventTypes.PowerLevels, string.Empty, content);

    private EventDraft Draft(string type, string stateKey, ReadOnlyMemory<byte> content) =>
        new() { Type = type, StateKey = stateKey, Sender = UpgradedBy, Content = content };

    private void AddCreators(JsonElement? additionalCreators)
    {
        var named = new CanonicalObject();
        if (additionalCreators is { } given)
        {
            named.Set("additional_creators", CanonicalJson.Serialize(given));
        }

        var content = JsonElement.Parse(named.ToBytes());
        if (!RoomCreators.AreValid(content))
        {
            throw MatrixException.BadJson("'additional_creators' must be a list of user ids.");
        }

        UserId[] others = [.. RoomCreators.Additional(content).Distinct().Where(creator => creator != UpgradedBy)];
        PrivilegedCreators = [UpgradedBy, .. others];
        if (others.Length > 0)
        {
            _creation.Set("additional_creators", others.Select(creator => creator.Value));
        }
    }
}
