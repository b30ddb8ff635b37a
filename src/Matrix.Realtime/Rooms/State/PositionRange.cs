using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Rooms.State;

/// <summary>The positions after one and up to another, which is the last of them.</summary>
internal readonly record struct PositionRange(StreamPosition After, StreamPosition Through)
{
    public bool IsEmpty => After >= Through;

    /// <summary>The positions that are in both.</summary>
    public PositionRange Within(PositionRange other) =>
        new(StreamPosition.Max(After, other.After), StreamPosition.Min(Through, other.Through));
}
