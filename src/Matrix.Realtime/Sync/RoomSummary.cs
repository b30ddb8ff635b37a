using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Sync;

/// <summary>What clients need to show a room without knowing all its members.</summary>
/// <param name="JoinedMemberCount">How many are joined, the recipient included.</param>
/// <param name="InvitedMemberCount">How many are invited.</param>
/// <param name="Heroes">Who stands for the room when it has no name; null when it has one.</param>
internal sealed record RoomSummary(int JoinedMemberCount, int InvitedMemberCount, IReadOnlyList<string>? Heroes)
{
    private const int MaxHeroes = 5;

    public static RoomSummary Of(RoomState room, UserId recipient) => new(
        room.JoinedCount, room.InvitedCount, IsNamed(room) ? null : HeroesOf(room, recipient));

    /// <summary>Whether an event can change a summary.</summary>
    public static bool DependsOn(string type, string? stateKey) =>
        stateKey is not null && type is EventTypes.Member or EventTypes.Name or EventTypes.CanonicalAlias;

    private static bool IsNamed(RoomState room) =>
        HasText(room, EventTypes.Name, "name") || HasText(room, EventTypes.CanonicalAlias, "alias");

    private static bool HasText(RoomState room, string type, string key) =>
        room.FindEvent(type, string.Empty)?.Content.String(key) is { Length: > 0 };

    /// <summary>Of those who are gone only when nobody else is there.</summary>
    private static IReadOnlyList<string> HeroesOf(RoomState room, UserId recipient)
    {
        var present = Select(room.Eldest, recipient);
        return present.Count > 0 ? present : Select(room.Members.Values.Where(IsGone), recipient);
    }

    private static bool IsGone(RoomEvent member) => member.Pdu.Membership is Memberships.Leave or Memberships.Ban;

    private static List<string> Select(IEnumerable<RoomEvent> members, UserId recipient) =>
    [
        .. members.Where(member => member.StateKey != recipient.Value)
            .OrderBy(member => member.Position).Take(MaxHeroes).Select(member => member.StateKey!),
    ];
}
