using Matrix.Realtime.AccountData;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Sync;

/// <summary>A room that the recipient is joined to.</summary>
internal sealed class JoinedRoomSection
{
    public required RoomId RoomId { get; init; }

    public required Timeline Timeline { get; init; }

    public required IReadOnlyCollection<RoomEvent> State { get; init; }

    /// <summary>Null when it cannot have changed.</summary>
    public RoomSummary? Summary { get; init; }

    /// <summary>The encoded <c>m.typing</c> event; empty when it has not changed.</summary>
    public ReadOnlyMemory<byte> Typing { get; init; }

    /// <summary>The encoded <c>m.receipt</c> events.</summary>
    public IReadOnlyList<byte[]> Receipts { get; init; } = [];

    public IReadOnlyList<AccountDataEntry> AccountData { get; init; } = [];

    public bool IsEmpty =>
        Timeline.IsEmpty && State.Count == 0 && Summary is null && Typing.IsEmpty && Receipts.Count == 0
        && AccountData.Count == 0;
}
