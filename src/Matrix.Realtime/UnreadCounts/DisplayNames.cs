using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.UnreadCounts;

/// <summary>What a member was called when; rules that look for their name take the one of the time.</summary>
/// <param name="memberEvents">Their member events, the oldest first.</param>
internal sealed class DisplayNames(IReadOnlyList<RoomEvent> memberEvents)
{
    public string? At(StreamPosition position) =>
        memberEvents.LastOrDefault(member => member.Position <= position)?.Content.String("displayname");
}
