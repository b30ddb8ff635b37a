using System.Globalization;

namespace Matrix.Realtime.Identifiers;

/// <summary>
/// A place in the one total order over all changes of this server, of every kind and in every room.
/// </summary>
/// <remarks>Ranges over 0 (before everything) to <see cref="long.MaxValue"/>; compares numerically.</remarks>
/// <param name="Value">The number; positions are never used twice, and gaps may occur between runs of the
/// server.</param>
public readonly record struct StreamPosition(long Value) : IComparable<StreamPosition>
{
    /// <summary>The position before every change.</summary>
    public static readonly StreamPosition Zero = new(0);

    /// <summary>The end of time: the upper bound of state that still holds.</summary>
    public static readonly StreamPosition Never = new(long.MaxValue);

    /// <summary>The position directly before this one.</summary>
    public StreamPosition Previous => new(Value - 1);

    /// <summary>The position directly after this one.</summary>
    public StreamPosition Next => new(Value + 1);

    /// <summary>Whether <paramref name="left"/> came before <paramref name="right"/>.</summary>
    public static bool operator <(StreamPosition left, StreamPosition right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> came after <paramref name="right"/>.</summary>
    public static bool operator >(StreamPosition left, StreamPosition right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> came before <paramref name="right"/> or is the same.</summary>
    public static bool operator <=(StreamPosition left, StreamPosition right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> came after <paramref name="right"/> or is the same.</summary>
    public static bool operator >=(StreamPosition left, StreamPosition right) => left.Value >= right.Value;

    /// <summary>The later of the two.</summary>
    public static StreamPosition Max(StreamPosition left, StreamPosition right) => left > right ? left : right;

    /// <summary>The earlier of the two.</summary>
    public static StreamPosition Min(StreamPosition left, StreamPosition right) => left < right ? left : right;

    /// <inheritdoc/>
    public int CompareTo(StreamPosition other) => Value.CompareTo(other.Value);

    /// <summary>The number in invariant digits.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
