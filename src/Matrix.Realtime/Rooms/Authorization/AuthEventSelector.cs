using System.Text.Json;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Versions;

namespace Matrix.Realtime.Rooms.Authorization;

/// <summary>Which state gives the sender permission (server-server API, "Auth events selection").</summary>
internal static class AuthEventSelector
{
    /// <summary>The ids for <c>auth_events</c> of a new event, as far as the room has the state.</summary>
    public static IReadOnlyList<EventId> Select(
        RoomVersion version, IRoomStateView state, string type, string? stateKey, UserId sender, JsonElement content) =>
    [
        .. Slots(version, type, stateKey, sender, content)
            .Select(slot => state.Find(slot.Type, slot.StateKey)?.EventId)
            .OfType<EventId>(),
    ];

    /// <summary>The places in the room's state that a new event must name, each once.</summary>
    public static IReadOnlyCollection<StateSlot> Slots(
        RoomVersion version, string type, string? stateKey, UserId sender, JsonElement content)
    {
        var slots = new HashSet<StateSlot>();
        if (type == EventTypes.Create)
        {
            return slots;
        }

        if (version.CreateInAuthEvents)
        {
            slots.Add(new(EventTypes.Create, string.Empty));
        }

        slots.Add(new(EventTypes.PowerLevels, string.Empty));
        slots.Add(new(EventTypes.Member, sender.Value));
        if (type == EventTypes.Member && stateKey is not null)
        {
            AddForMembership(slots, stateKey, content);
        }

        return slots;
    }

    private static void AddForMembership(HashSet<StateSlot> slots, string target, JsonElement content)
    {
        var membership = content.String("membership");
        slots.Add(new(EventTypes.Member, target));
        if (membership is Memberships.Join or Memberships.Invite or Memberships.Knock)
        {
            slots.Add(new(EventTypes.JoinRules, string.Empty));
        }

        if (membership == Memberships.Join && content.String(MembershipRules.AuthorisedVia) is { } via)
        {
            slots.Add(new(EventTypes.Member, via));
        }
    }
}
