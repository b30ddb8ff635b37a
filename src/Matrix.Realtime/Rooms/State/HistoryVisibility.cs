using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.Rooms.State;

/// <summary>Who may see which event: the visibility and the membership in force at that event decide.</summary>
internal static class HistoryVisibility
{
    /// <summary>
    /// Whether the user may see the event at the position. A change of visibility and the user's own membership events
    /// are visible if either side of them allows it; for all other events both sides are the same.
    /// </summary>
    public static bool CanSee(RoomState room, UserRoom user, StreamPosition position) =>
        Allows(VisibilityAt(room, position), user, position, position)
        || Allows(VisibilityAt(room, position.Previous), user, position, position.Previous);

    /// <summary>Whether the user may see events sent now.</summary>
    public static bool CanSeeNow(RoomState room, UserRoom user) =>
        Allows(VisibilityAt(room, room.Position), user, room.Position, room.Position);

    private static bool Allows(string visibility, UserRoom user, StreamPosition position, StreamPosition membershipAt)
    {
        if (visibility == HistoryVisibilities.WorldReadable)
        {
            return true;
        }

        var membership = user.At(membershipAt);
        return membership == Memberships.Join
            || (visibility == HistoryVisibilities.Shared && user.JoinsAfter(position))
            || (visibility == HistoryVisibilities.Invited && membership == Memberships.Invite);
    }

    private static string VisibilityAt(RoomState room, StreamPosition position)
    {
        for (var index = room.Visibilities.Length - 1; index >= 0; index--)
        {
            if (room.Visibilities[index].From <= position)
            {
                return room.Visibilities[index].Visibility;
            }
        }

        return HistoryVisibilities.Shared;
    }
}
