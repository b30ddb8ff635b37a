using System.Text.Json;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.Rooms.Authorization;

/// <summary>The values of <c>join_rule</c> in <c>m.room.join_rules</c>.</summary>
internal static class JoinRules
{
    public const string Public = "public";
    public const string Invite = "invite";
    public const string Knock = "knock";
    public const string Restricted = "restricted";
    public const string KnockRestricted = "knock_restricted";

    /// <summary>Whether members of other rooms, named in <c>allow</c>, may join.</summary>
    public static bool IsRestricted(string joinRule) => joinRule is Restricted or KnockRestricted;

    /// <summary>The room that a condition of <c>allow</c> names; null for a condition that nobody can meet.</summary>
    public static RoomId? RoomOf(JsonElement condition) =>
        condition.String("type") == "m.room_membership" && RoomId.TryParse(condition.String("room_id"), out var roomId)
            ? roomId
            : null;

    /// <summary>Whether users may ask to be invited.</summary>
    public static bool AllowsKnocking(string joinRule) => joinRule is Knock or KnockRestricted;
}
