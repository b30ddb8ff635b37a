using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Streams;

/// <summary>A part of the stream that a reader wants to have.</summary>
/// <param name="After">Where the reader has come to.</param>
/// <param name="Through">The last position to look at; everything up to it must be committed.</param>
internal sealed record ChangeRange(StreamPosition After, StreamPosition Through)
{
    /// <summary>How many changes are read at once.</summary>
    public int Limit { get; init; } = StreamLimits.PageChanges;

    /// <summary>The kinds that matter; the reader passes over others that they are given.</summary>
    public ChangeKinds Kinds { get; init; } = (ChangeKinds)(-1);

    /// <summary>The only room that matters, in the same way.</summary>
    public RoomId? RoomId { get; init; }

    /// <summary>The only user whose own data matters, in the same way.</summary>
    public UserId? Owner { get; init; }

    public bool Wants(ChangeKinds kind) => (Kinds & kind) != 0;
}
