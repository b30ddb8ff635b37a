using Microsoft.EntityFrameworkCore.Metadata;

namespace Matrix.Realtime.Streams;

/// <summary>
/// Reduces a batch to one operation per row, since neither database lets one statement touch a row twice: the last one
/// stands, as an insert only where the row was new to the batch.
/// </summary>
internal sealed class RowReducer(IModel model)
{
    private readonly Dictionary<Type, IReadOnlyList<IProperty>> _keys = [];

    public IReadOnlyList<RowOperation> Reduce(IReadOnlyList<RowOperation> operations)
    {
        var places = new Dictionary<RowKey, int>(operations.Count);
        var reduced = new List<RowOperation>(operations.Count);
        foreach (var operation in operations)
        {
            var key = KeyOf(operation.Row);
            if (places.TryGetValue(key, out var place))
            {
                reduced[place] = new(Merge(reduced[place].Kind, operation.Kind), operation.Row);
            }
            else
            {
                places.Add(key, reduced.Count);
                reduced.Add(operation);
            }
        }

        return reduced;
    }

    private static RowOperationKind Merge(RowOperationKind earlier, RowOperationKind later) => (earlier, later) switch
    {
        (_, RowOperationKind.Delete) => RowOperationKind.Delete,
        (RowOperationKind.Insert, RowOperationKind.Upsert) => RowOperationKind.Insert,
        (not RowOperationKind.Delete, RowOperationKind.Insert) =>
            throw new InvalidOperationException("A batch inserts a row that it has already written."),
        _ => RowOperationKind.Upsert,
    };

    private RowKey KeyOf(object row)
    {
        if (!_keys.TryGetValue(row.GetType(), out var properties))
        {
            properties = model.FindEntityType(row.GetType())?.FindPrimaryKey()?.Properties
                ?? throw new InvalidOperationException($"{row.GetType().Name} is not an entity with a key.");
            _keys.Add(row.GetType(), properties);
        }

        return properties.Count switch
        {
            1 => new(row.GetType(), Value(0), null, null, null),
            2 => new(row.GetType(), Value(0), Value(1), null, null),
            3 => new(row.GetType(), Value(0), Value(1), Value(2), null),
            4 => new(row.GetType(), Value(0), Value(1), Value(2), Value(3)),
            _ => throw new InvalidOperationException($"{row.GetType().Name} has a key of {properties.Count} columns."),
        };

        object? Value(int index) => properties[index].GetGetter().GetClrValue(row);
    }

    /// <summary>A row's identity: its entity type and up to four key values.</summary>
    private readonly record struct RowKey(Type Type, object? First, object? Second, object? Third, object? Fourth);
}
