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

    /// <summary>
    /// All that the user may see: just the positions that <see cref="CanSee"/> allows, up to the room's last event, in
    /// order and apart from each other.
    /// </summary>
    public static IReadOnlyList<PositionRange> Ranges(RoomState room, UserRoom user)
    {
        // Between two of these, nothing that decides changes.
        List<StreamPosition> turns =
        [
            .. room.Visibilities.Select(period => period.From)
                .Concat(user.Periods.Select(period => period.From))
                .Append(StreamPosition.Zero).Distinct().Order(),
        ];
        List<PositionRange> ranges = [];
        for (var index = 0; index < turns.Count; index++)
        {
            var turn = turns[index];
            if (turn <= room.Position && Allows(VisibilityAt(room, turn), user, turn, turn))
            {
                var until = index + 1 < turns.Count ? turns[index + 1] : StreamPosition.Never;
                Add(ranges, new(turn.Previous, StreamPosition.Min(until, room.Position)));
            }
        }

        return ranges;
    }

    private static void Add(List<PositionRange> ranges, PositionRange range)
    {
        if (ranges is [.., var last] && last.Through >= range.After)
        {
            ranges[^1] = last with { Through = range.Through };
        }
        else
        {
            ranges.Add(range);
        }
    }

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
