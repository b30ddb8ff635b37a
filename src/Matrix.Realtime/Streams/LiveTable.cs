using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;

namespace Matrix.Realtime.Streams;

/// <summary>
/// A kind of live state: one immutable snapshot per key, loaded on first use, changed only by applying committed changes
/// in order, evicted when unused. The snapshots themselves stand in a <see cref="LiveView"/>.
/// </summary>
internal abstract class LiveTable<TKey, TSnapshot> : ILiveTable
    where TKey : struct, IEquatable<TKey>
    where TSnapshot : LiveSnapshot
{
    /// <summary>Loads that are under way. Guarded by the gate of <see cref="LiveState"/>.</summary>
    private readonly Dictionary<TKey, LiveLoad<TSnapshot>> _loads = [];

    int ILiveTable.Index { get; set; }

    object ILiveTable.Empty => ImmutableDictionary<TKey, TSnapshot>.Empty;

    /// <summary>The total weight above which unused snapshots are evicted.</summary>
    public virtual int Capacity => 1_000_000;

    /// <summary>
    /// Whether <see cref="LoadAsync"/> can produce the snapshot exactly as of an older position. Tables of latest values
    /// cannot: superseded rows are gone, so they may answer newer.
    /// </summary>
    public abstract bool IsHistorical { get; }

    internal Dictionary<TKey, LiveLoad<TSnapshot>> Loads => _loads;

    /// <summary>The weight of what was loaded since the last sweep and kept by it. Guarded by the same gate.</summary>
    internal long LoadedWeight { get; set; }

    void ILiveTable.Buffer(StreamChange change)
    {
        if (_loads.Count > 0 && TryGetKey(change, out var key) && _loads.TryGetValue(key, out var load))
        {
            load.Buffer.Add(change);
        }
    }

    object ILiveTable.Apply(object snapshots, StreamChange change)
    {
        var dictionary = (ImmutableDictionary<TKey, TSnapshot>)snapshots;
        return TryGetKey(change, out var key) && dictionary.TryGetValue(key, out var snapshot)
            ? dictionary.SetItem(key, Fold(snapshot, change))
            : dictionary;
    }

    /// <summary>Applies one change unless the snapshot holds it already.</summary>
    internal TSnapshot Fold(TSnapshot snapshot, StreamChange change) =>
        change.Position <= snapshot.Position ? snapshot : Apply(snapshot, change);

    /// <summary>Applies those of the changes that concern the key and lie at or before <paramref name="through"/>.</summary>
    internal TSnapshot Fold(TSnapshot snapshot, TKey key, IReadOnlyList<StreamChange> changes, StreamPosition through)
    {
        for (var i = 0; i < changes.Count; i++)
        {
            if (changes[i].Position <= through && TryGetKey(changes[i], out var changed) && changed.Equals(key))
            {
                snapshot = Fold(snapshot, changes[i]);
            }
        }

        return snapshot;
    }

    /// <summary>Reads the snapshot from the store, as of <paramref name="at"/> (or newer, for tables of latest values).</summary>
    protected internal abstract Task<TSnapshot> LoadAsync(
        MatrixDbContext database, TKey key, StreamPosition at, CancellationToken cancellationToken);

    /// <summary>The one key that a change concerns in this table, if any.</summary>
    protected internal abstract bool TryGetKey(StreamChange change, [MaybeNullWhen(false)] out TKey key);

    /// <summary>The snapshot after the change. Called with changes in order of position, never twice with the same.</summary>
    protected abstract TSnapshot Apply(TSnapshot snapshot, StreamChange change);
}
