using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Sync;

/// <summary>What an answer has to tell of one room.</summary>
internal abstract record RoomSection
{
    public required RoomId RoomId { get; init; }

    /// <summary>What the recipient is in the room, by which the answer is divided.</summary>
    public abstract string Membership { get; }

    /// <summary>How many events are held to be written.</summary>
    public abstract int EventCount { get; }
}
