using System.Collections.Immutable;
using System.Text.Json;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Authorization;
using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.Rooms.State;

/// <summary>What a room shows to those who are not in it, and how its next event changes that.</summary>
/// <param name="RoomId">The room.</param>
/// <param name="JoinedCount">How many members are joined.</param>
/// <param name="Facts">By type of state event.</param>
internal sealed record RoomFacts(RoomId RoomId, int JoinedCount, ImmutableDictionary<string, RoomFact> Facts)
{
    /// <summary>The types of the state events that say something.</summary>
    public static readonly IReadOnlyList<string> Types =
    [
        EventTypes.Create,
        EventTypes.JoinRules,
        EventTypes.HistoryVisibility,
        EventTypes.GuestAccess,
        EventTypes.CanonicalAlias,
        EventTypes.Name,
        EventTypes.Topic,
        EventTypes.Avatar,
        EventTypes.Encryption,
    ];

    public string? RoomType => this[EventTypes.Create];

    public string JoinRule => this[EventTypes.JoinRules] ?? JoinRules.Invite;

    public bool IsWorldReadable => this[EventTypes.HistoryVisibility] == HistoryVisibilities.WorldReadable;

    public bool GuestsCanJoin => this[EventTypes.GuestAccess] == "can_join";

    public string? CanonicalAlias => this[EventTypes.CanonicalAlias];

    public string? Name => this[EventTypes.Name];

    public string? Topic => this[EventTypes.Topic];

    public string? AvatarUrl => this[EventTypes.Avatar];

    public string? Encryption => this[EventTypes.Encryption];

    private string? this[string type] => Facts.GetValueOrDefault(type).Value;

    public static RoomFacts Of(RoomState room) => Of(
        room.RoomId,
        room.JoinedCount,
        Types.Select(type => room.FindEvent(type, string.Empty)).OfType<RoomEvent>());

    /// <summary>Builds the facts from the room's state events of these <see cref="Types"/>.</summary>
    public static RoomFacts Of(RoomId roomId, int joinedCount, IEnumerable<RoomEvent> state) => new(
        roomId,
        joinedCount,
        state.ToImmutableDictionary(
            stateEvent => stateEvent.Type, stateEvent => new RoomFact(stateEvent.Position, Read(stateEvent.Pdu))));

    /// <summary>The facts after one more event of the room; the same object if it says nothing new.</summary>
    public RoomFacts After(RoomEventChange change)
    {
        var facts = Facts;
        if (change.Pdu.StateKey == string.Empty && Types.Contains(change.Pdu.Type))
        {
            facts = facts.SetItem(change.Pdu.Type, new(change.Position, Read(change.Pdu)));
        }

        if (change is { Redacts: { } target, Redacted: { } redacted }
            && facts.TryGetValue(target.Type, out var fact) && fact.Position == target.Position)
        {
            facts = facts.SetItem(target.Type, fact with { Value = Read(redacted) });
        }

        return facts == Facts && change.MemberCount == JoinedCount ? this
            : this with { JoinedCount = change.MemberCount, Facts = facts };
    }

    private static string? Read(Pdu pdu)
    {
        var value = pdu.Type switch
        {
            EventTypes.Create => pdu.Content.String("type"),
            EventTypes.JoinRules => pdu.Content.String("join_rule"),
            EventTypes.HistoryVisibility => pdu.Content.String("history_visibility"),
            EventTypes.GuestAccess => pdu.Content.String("guest_access"),
            EventTypes.CanonicalAlias => pdu.Content.String("alias"),
            EventTypes.Name => pdu.Content.String("name"),
            EventTypes.Topic => PlainTopic(pdu.Content),
            EventTypes.Avatar => pdu.Content.String("url"),
            EventTypes.Encryption => pdu.Content.String("algorithm"),
            _ => null,
        };
        return string.IsNullOrEmpty(value) ? null : value;
    }

    // Without a content block of its own, the topic of old clients is the plain one.
    private static string? PlainTopic(JsonElement content)
    {
        if (!content.TryGet("m.topic", JsonValueKind.Object, out var block)
            || !block.TryGet("m.text", JsonValueKind.Array, out var texts))
        {
            return content.String("topic");
        }

        var plain = texts.EnumerateArray()
            .FirstOrDefault(text => text.String("mimetype") is null or "text/plain" && text.String("body") is not null);
        return plain.String("body");
    }
}
