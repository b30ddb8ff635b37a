using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Streams;

/// <summary>
/// All loaded live state as of one position. Whoever holds a view reads everything as it was at that one moment,
/// whatever is committed meanwhile.
/// </summary>
internal sealed class LiveView(StreamPosition position, object[] tables)
{
    /// <summary>The last change that the view contains; everything up to it is committed.</summary>
    public StreamPosition Position { get; } = position;

    internal object[] Tables { get; } = tables;

    /// <summary>The snapshot of a key, when it is loaded.</summary>
    public bool TryFind<TKey, TSnapshot>(
        LiveTable<TKey, TSnapshot> table, TKey key, [NotNullWhen(true)] out TSnapshot? snapshot)
        where TKey : struct, IEquatable<TKey>
        where TSnapshot : LiveSnapshot
    {
        if (!Snapshots(table).TryGetValue(key, out snapshot))
        {
            return false;
        }

        snapshot.Used = true;
        return true;
    }

    internal ImmutableDictionary<TKey, TSnapshot> Snapshots<TKey, TSnapshot>(LiveTable<TKey, TSnapshot> table)
        where TKey : struct, IEquatable<TKey>
        where TSnapshot : LiveSnapshot =>
        (ImmutableDictionary<TKey, TSnapshot>)Tables[((ILiveTable)table).Index];

    internal LiveView With(ILiveTable table, object snapshots)
    {
        var tables = (object[])Tables.Clone();
        tables[table.Index] = snapshots;
        return new LiveView(Position, tables);
    }
}
