using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Matrix.Realtime.Storage;

/// <summary>
/// One table as batches are written to it: names, and how to read a column's database value from a row. Derived from the
/// model once, so that writing a row reflects on nothing.
/// </summary>
internal sealed class RowTable
{
    private static readonly ConcurrentDictionary<(IModel Model, Type Row), RowTable> Tables = new();

    private RowTable(IEntityType entity)
    {
        var key = entity.FindPrimaryKey() ?? throw new InvalidOperationException($"{entity.Name} has no key.");
        Name = Quote(entity.GetTableName()!);
        Columns = [.. entity.GetProperties().Select(property => new RowColumn(property, key.Properties.Contains(property)))];
        KeyColumns = [.. key.Properties.Select(property => Columns.Single(column => column.Property == property))];
    }

    /// <summary>The quoted name of the table.</summary>
    public string Name { get; }

    public IReadOnlyList<RowColumn> Columns { get; }

    public IReadOnlyList<RowColumn> KeyColumns { get; }

    public string ColumnList => string.Join(", ", Columns.Select(column => column.Name));

    public string KeyList => string.Join(", ", KeyColumns.Select(column => column.Name));

    /// <summary>What follows an insert to make it replace the row that has its key.</summary>
    public string OnConflict
    {
        get
        {
            var updates = Columns.Where(column => !column.IsKey)
                .Select(column => $"{column.Name} = excluded.{column.Name}").ToList();
            return $"ON CONFLICT ({KeyList}) DO " + (updates.Count == 0 ? "NOTHING" : "UPDATE SET " + string.Join(", ", updates));
        }
    }

    public static RowTable Of(IModel model, Type row) =>
        Tables.GetOrAdd((model, row), static key => new RowTable(
            key.Model.FindEntityType(key.Row) ?? throw new InvalidOperationException($"{key.Row.Name} is not an entity.")));

    internal static string Quote(string name) => $"\"{name}\"";
}
