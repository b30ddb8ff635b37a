using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Membership;
using Matrix.Realtime.Rooms.Versions;
using Matrix.Realtime.Rooms.Writing;

namespace Matrix.Realtime.Rooms.Creation;

/// <summary>The events of a new room that follow its creation (client-server API, <c>createRoom</c>).</summary>
internal static class RoomDrafts
{
    public static IEnumerable<EventDraft> Of(
        RoomVersion version,
        UserId creator,
        RoomPreset preset,
        CreateRoomRequest request,
        IReadOnlyCollection<UserId> peers,
        RoomAlias? alias,
        Func<UserId, MemberProfile> profileOf)
    {
        yield return Member(creator, creator, Memberships.Join, profileOf(creator), isDirect: false);
        yield return State(creator, EventTypes.PowerLevels, DefaultPowerLevels.Build(
            version, preset, creator, peers, request.PowerLevelContentOverride ?? default));
        if (alias is { } canonical)
        {
            yield return State(creator, EventTypes.CanonicalAlias, Content("alias", canonical.Value));
        }

        var given = (request.InitialState ?? []).Select(state => (state.Type, state.StateKey ?? string.Empty)).ToHashSet();
        (string Type, string Key, string Value)[] rules =
        [
            (EventTypes.JoinRules, "join_rule", preset.JoinRule),
            (EventTypes.HistoryVisibility, "history_visibility", preset.HistoryVisibility),
            (EventTypes.GuestAccess, "guest_access", preset.GuestAccess),
        ];
        foreach (var rule in rules.Where(rule => !given.Contains((rule.Type, string.Empty))))
        {
            yield return State(creator, rule.Type, Content(rule.Key, rule.Value));
        }

        foreach (var state in request.InitialState ?? [])
        {
            yield return State(creator, state.Type, CanonicalJson.Serialize(state.Content), state.StateKey ?? string.Empty);
        }

        if (request.Name is { } name)
        {
            yield return State(creator, EventTypes.Name, Content("name", name));
        }

        if (request.Topic is { } topic)
        {
            yield return State(creator, EventTypes.Topic, Content("topic", topic));
        }

        foreach (var invited in (request.Invite ?? []).Distinct().Where(invited => invited != creator))
        {
            yield return Member(
                creator, invited, Memberships.Invite, profileOf(invited), request.IsDirect == true);
        }
    }

    private static EventDraft Member(
        UserId sender, UserId target, string membership, MemberProfile profile, bool isDirect) =>
        State(sender, EventTypes.Member, MemberContent.Create(membership, profile, isDirect: isDirect), target.Value);

    private static EventDraft State(UserId sender, string type, byte[] content, string stateKey = "") =>
        new() { Type = type, StateKey = stateKey, Sender = sender, Content = content };

    private static byte[] Content(string key, string value)
    {
        var content = new CanonicalObject();
        content.Set(key, value);
        return content.ToBytes();
    }
}
