using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Npgsql;

namespace Matrix.Realtime.Postgres;

/// <summary>The statement that writes any number of rows of one table in one way.</summary>
internal sealed class PostgresRowStatement
{
    private readonly IReadOnlyList<RowColumn> _columns;
    private readonly string _text;

    public PostgresRowStatement(RowTable table, RowOperationKind kind)
    {
        _columns = kind == RowOperationKind.Delete ? table.KeyColumns : table.Columns;
        var arrays = string.Join(", ", _columns.Select((column, index) => $"${index + 1}::{column.StoreType}[]"));
        var insert = $"INSERT INTO {table.Name} ({table.ColumnList}) SELECT * FROM unnest({arrays})";
        _text = kind switch
        {
            RowOperationKind.Insert => insert,
            RowOperationKind.Upsert => $"{insert} {table.OnConflict}",
            RowOperationKind.Delete =>
                $"DELETE FROM {table.Name} USING unnest({arrays}) AS gone({table.KeyList}) WHERE "
                + string.Join(" AND ", table.KeyColumns.Select(column => $"{table.Name}.{column.Name} = gone.{column.Name}")),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    public NpgsqlBatchCommand Command(IReadOnlyList<object> rows)
    {
        var command = new NpgsqlBatchCommand(_text);
        foreach (var column in _columns)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = ValuesOf(column, rows) });
        }

        return command;
    }

    /// <summary>A typed array, of nullable elements where the column is a nullable value type.</summary>
    private static Array ValuesOf(RowColumn column, IReadOnlyList<object> rows)
    {
        var element = column.Property.IsNullable && column.ProviderType.IsValueType
            ? typeof(Nullable<>).MakeGenericType(column.ProviderType)
            : column.ProviderType;
        var values = Array.CreateInstance(element, rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            values.SetValue(column.Value(rows[i]), i);
        }

        return values;
    }
}
