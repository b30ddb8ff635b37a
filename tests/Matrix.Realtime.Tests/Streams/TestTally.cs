using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Tests.Streams;

/// <summary>How many changes a room has had, and the sum of their numbers.</summary>
internal sealed record TestTally : LiveSnapshot
{
    public int Count { get; init; }

    public long Sum { get; init; }

    public override int Weight => 1 + Count;
}
