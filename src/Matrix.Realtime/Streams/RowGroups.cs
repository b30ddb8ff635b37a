using System.Runtime.InteropServices;

namespace Matrix.Realtime.Streams;

/// <summary>Gathers the operations of a batch by entity and kind. Kept from batch to batch; not thread-safe.</summary>
internal sealed class RowGroups
{
    private readonly Dictionary<(Type RowType, RowOperationKind Kind), List<object>> _rows = [];
    private readonly List<(Type RowType, RowOperationKind Kind)> _order = [];

    /// <summary>
    /// The groups of these operations, in the order in which each first occurs; valid until the next call.
    /// </summary>
    public IEnumerable<(Type RowType, RowOperationKind Kind, List<object> Rows)> Gather(
        IReadOnlyList<RowOperation> operations)
    {
        Clear();
        foreach (var (kind, row) in operations)
        {
            var group = (row.GetType(), kind);
            ref var rows = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, group, out _);
            rows ??= [];
            if (rows.Count == 0)
            {
                _order.Add(group);
            }

            rows.Add(row);
        }

        return _order.Select(group => (group.RowType, group.Kind, _rows[group]));
    }

    // Lets go of the rows as well: otherwise the last batch of a quiet kind would stay in memory.
    public void Clear()
    {
        foreach (var group in _order)
        {
            _rows[group].Clear();
        }

        _order.Clear();
    }
}
