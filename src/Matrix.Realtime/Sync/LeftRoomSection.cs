using Matrix.Realtime.AccountData;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Reading;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Sync;

/// <summary>A room that the recipient left, was banned from, or declined; it ends with that.</summary>
internal sealed record LeftRoomSection : RoomSection
{
    public required Timeline Timeline { get; init; }

    public required IReadOnlyCollection<RoomEvent> State { get; init; }

    /// <summary>What is told with the events of the timeline and of the state.</summary>
    public required EventDetails Details { get; init; }

    public IReadOnlyList<AccountDataEntry> AccountData { get; init; } = [];

    public override string Membership => Memberships.Leave;

    public override int Size => SizeOf(Timeline.Events) + SizeOf(State) + SizeOf(AccountData);
}
