using System.Collections.Frozen;

namespace Matrix.Realtime.Filters;

/// <summary>A positive and a negative list of identifiers; the negative one wins.</summary>
/// <param name="Only">What may pass; null when there is no such list, and an empty list lets nothing pass.</param>
/// <param name="Except">What may not pass, even when it is in <paramref name="Only"/>.</param>
internal sealed record IdSelection<T>(FrozenSet<T>? Only, FrozenSet<T> Except)
{
    /// <summary>No restriction.</summary>
    public static readonly IdSelection<T> All = new(null, []);

    public bool AllowsNothing => Only is not null && Only.IsSubsetOf(Except);

    public bool Allows(T value) => (Only is null || Only.Contains(value)) && !Except.Contains(value);
}
