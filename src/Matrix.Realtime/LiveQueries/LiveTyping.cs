using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.LiveQueries;

/// <summary>A user started or stopped typing in a room. Going on typing is no change.</summary>
public sealed record LiveTyping : LiveChange
{
    internal LiveTyping()
    {
    }

    /// <summary>The room.</summary>
    public required RoomId RoomId { get; init; }

    /// <summary>Whether the user types from here on.</summary>
    public required bool IsTyping { get; init; }
}
