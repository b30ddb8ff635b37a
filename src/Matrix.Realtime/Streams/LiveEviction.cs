using System.Collections.Immutable;

namespace Matrix.Realtime.Streams;

/// <summary>Keeps a table within its capacity: a second-chance sweep over its snapshots when they exceed it.</summary>
internal static class LiveEviction
{
    /// <summary>Adds what was loaded, and makes room for it.</summary>
    public static ImmutableDictionary<TKey, TSnapshot> Add<TKey, TSnapshot>(
        LiveTable<TKey, TSnapshot> table, ImmutableDictionary<TKey, TSnapshot> snapshots, TKey key, TSnapshot snapshot)
        where TKey : struct, IEquatable<TKey>
        where TSnapshot : LiveSnapshot
    {
        table.LoadedWeight += snapshot.Weight;
        if (table.LoadedWeight > table.Capacity)
        {
            snapshots = Sweep(table, snapshots);
        }

        return snapshots.SetItem(key, snapshot);
    }

    /// <summary>Evicts down to three quarters of the capacity, what was not used since the last sweep first.</summary>
    public static ImmutableDictionary<TKey, TSnapshot> Sweep<TKey, TSnapshot>(
        LiveTable<TKey, TSnapshot> table, ImmutableDictionary<TKey, TSnapshot> snapshots)
        where TKey : struct, IEquatable<TKey>
        where TSnapshot : LiveSnapshot
    {
        // A quarter is freed at once, so that a full table is not swept for every load.
        var goal = table.Capacity * 3L / 4;
        var kept = snapshots.ToBuilder();
        foreach (var (key, snapshot) in snapshots.OrderBy(entry => entry.Value.Used))
        {
            if (table.LoadedWeight > goal)
            {
                table.LoadedWeight -= snapshot.Weight;
                kept.Remove(key);
            }

            snapshot.Used = false;
        }

        return kept.ToImmutable();
    }
}
