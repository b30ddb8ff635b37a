using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;

namespace Matrix.Realtime.Streams;

/// <summary>
/// A kind of live state: one immutable snapshot per key, loaded on first use, changed only by applying committed
/// changes in order, evicted when unused. The snapshots themselves stand in a <see cref="LiveView"/>.
/// </summary>
internal abstract class LiveTable<TKey, TSnapshot> : ILiveTable
    where TKey : struct, IEquatable<TKey>
    where TSnapshot : LiveSnapshot
{
    int ILiveTable.Index { get; set; }

    object ILiveTable.Empty => ImmutableDictionary<TKey, TSnapshot>.Empty;

    /// <summary>The total weight above which unused snapshots are evicted.</summary>
    public virtual int Capacity => 1_000_000;

    /// <summary>
    /// Whether <see cref="LoadAsync"/> can produce the snapshot exactly as of an older position. Tables of latest
    /// values cannot: superseded rows are gone, so they may answer newer.
    /// </summary>
    public abstract bool IsHistorical { get; }

    /// <summary>Loads that are under way. Guarded by the gate of <see cref="LiveState"/>.</summary>
    internal Dictionary<TKey, LiveLoad<TSnapshot>> Loads { get; } = [];

    /// <summary>The weight of all loaded snapshots. Guarded by the same gate.</summary>
    internal long LoadedWeight { get; set; }

    object ILiveTable.Apply(object snapshots, StreamChange change)
    {
        var dictionary = (ImmutableDictionary<TKey, TSnapshot>)snapshots;
        return TryGetKey(change, out var key) && dictionary.TryGetValue(key, out var snapshot)
            ? dictionary.SetItem(key, Fold(snapshot, change))
            : dictionary;
    }

    object ILiveTable.Commit(object snapshots, StreamChange change)
    {
        var dictionary = (ImmutableDictionary<TKey, TSnapshot>)snapshots;
        if (!TryGetKey(change, out var key))
        {
            return dictionary;
        }

        if (Loads.TryGetValue(key, out var load))
        {
            load.Buffer.Add(change);
        }

        if (!dictionary.TryGetValue(key, out var snapshot))
        {
            return dictionary;
        }

        var next = Fold(snapshot, change);
        LoadedWeight += next.Weight - snapshot.Weight;
        return dictionary.SetItem(key, next);
    }

    object ILiveTable.Trim(object snapshots) => LoadedWeight > Capacity
        ? LiveEviction.Sweep(this, (ImmutableDictionary<TKey, TSnapshot>)snapshots)
        : snapshots;

    object ILiveTable.Forget(object snapshots, StreamChange change)
    {
        var dictionary = (ImmutableDictionary<TKey, TSnapshot>)snapshots;
        return TryGetKey(change, out var key) ? Forget(dictionary, key) : dictionary;
    }

    /// <summary>The dictionary without the key. Under the gate of <see cref="LiveState"/>.</summary>
    internal ImmutableDictionary<TKey, TSnapshot> Forget(ImmutableDictionary<TKey, TSnapshot> snapshots, TKey key)
    {
        if (!snapshots.TryGetValue(key, out var snapshot))
        {
            return snapshots;
        }

        LoadedWeight -= snapshot.Weight;
        return snapshots.Remove(key);
    }

    /// <summary>Applies one change unless the snapshot holds it already.</summary>
    internal TSnapshot Fold(TSnapshot snapshot, StreamChange change) =>
        change.Position <= snapshot.Position ? snapshot : Apply(snapshot, change);

    /// <summary>
    /// Applies those of the changes that concern the key and lie at or before <paramref name="through"/>.
    /// </summary>
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

    /// <summary>
    /// Reads the snapshot from the store, as of <paramref name="at"/> (or newer, for tables of latest values).
    /// </summary>
    protected internal abstract Task<TSnapshot> LoadAsync(
        MatrixDbContext database, TKey key, StreamPosition at, CancellationToken cancellationToken);

    /// <summary>The one key that a change concerns in this table, if any. Never throws.</summary>
    protected internal abstract bool TryGetKey(StreamChange change, [MaybeNullWhen(false)] out TKey key);

    /// <summary>
    /// The snapshot after the change. Called with changes in order of position, never twice with the same.
    /// </summary>
    protected abstract TSnapshot Apply(TSnapshot snapshot, StreamChange change);
}
