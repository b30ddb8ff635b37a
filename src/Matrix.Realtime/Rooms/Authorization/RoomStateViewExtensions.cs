using System.Text.Json;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.Rooms.Authorization;

/// <summary>The parts of a room's state that the authorisation rules speak of.</summary>
internal static class RoomStateViewExtensions
{
    public static Pdu? Create(this IRoomStateView state) => state.Find(EventTypes.Create, string.Empty);

    /// <summary>The user's membership; a user without one counts as having left.</summary>
    public static string MembershipOf(this IRoomStateView state, UserId userId) =>
        state.Find(EventTypes.Member, userId.Value)?.Membership ?? Memberships.Leave;

    public static bool IsJoined(this IRoomStateView state, UserId userId) =>
        state.MembershipOf(userId) == Memberships.Join;

    /// <summary>The join rule; a room without one is for invited users only.</summary>
    public static string JoinRule(this IRoomStateView state) =>
        state.Find(EventTypes.JoinRules, string.Empty)?.Content.String("join_rule") ?? JoinRules.Invite;

    /// <summary>The rooms whose members may join by the conditions of a restricted join rule.</summary>
    public static IReadOnlyList<RoomId> RoomsAllowedToJoin(this IRoomStateView state) =>
        state.Find(EventTypes.JoinRules, string.Empty)?.Content is { } content
        && content.TryGet("allow", JsonValueKind.Array, out var conditions)
            ? [.. conditions.EnumerateArray().Select(JoinRules.RoomOf).OfType<RoomId>()]
            : [];
}
