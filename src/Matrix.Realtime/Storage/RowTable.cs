using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Matrix.Realtime.Storage;

/// <summary>How the rows of one entity are stored, read once from the model.</summary>
internal sealed class RowTable
{
    private RowTable(string name, IReadOnlyList<RowColumn> columns)
    {
        Name = name;
        Columns = columns;
        KeyColumns = [.. columns.Where(column => column.IsKey)];
        ColumnNames = string.Join(", ", columns.Select(column => column.Name));
        OnConflict = DescribeConflict();
    }

    /// <summary>The name, delimited for SQL.</summary>
    public string Name { get; }

    public IReadOnlyList<RowColumn> Columns { get; }

    /// <summary>The columns of the primary key.</summary>
    public IReadOnlyList<RowColumn> KeyColumns { get; }

    /// <summary>The names of all columns, as a list in SQL.</summary>
    public string ColumnNames { get; }

    /// <summary>The clause that turns an insertion into an upsert.</summary>
    public string OnConflict { get; }

    public static RowTable Create(IModel model, ISqlGenerationHelper sql, Type rowType)
    {
        var entity = model.FindEntityType(rowType)
            ?? throw new InvalidOperationException($"{rowType.Name} is not an entity of the model.");
        return new RowTable(
            sql.DelimitIdentifier(entity.GetTableName()!, entity.GetSchema()),
            [.. entity.GetProperties().Select(property => RowColumnFactory.Create(property, sql))]);
    }

    private string DescribeConflict()
    {
        var keys = string.Join(", ", KeyColumns.Select(column => column.Name));
        var changes = string.Join(
            ", ",
            Columns.Where(column => !column.IsKey).Select(column => $"{column.Name} = excluded.{column.Name}"));
        return changes.Length == 0
            ? $" ON CONFLICT ({keys}) DO NOTHING"
            : $" ON CONFLICT ({keys}) DO UPDATE SET {changes}";
    }
}
