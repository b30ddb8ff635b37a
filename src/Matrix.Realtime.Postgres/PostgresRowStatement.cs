using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Npgsql;

namespace Matrix.Realtime.Postgres;

/// <summary>
/// One statement for any number of rows of an entity: each column is one array parameter, so the text never changes and
/// the statement stays prepared.
/// </summary>
internal sealed class PostgresRowStatement(RowTable table, RowOperationKind kind)
{
    private readonly IReadOnlyList<RowColumn> _columns = kind == RowOperationKind.Delete ? table.KeyColumns : table.Columns;
    private readonly string _sql = Describe(table, kind);

    public NpgsqlBatchCommand ToCommand(List<object> rows)
    {
        var command = new NpgsqlBatchCommand(_sql);
        foreach (var column in _columns)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = column.ReadAll(rows) });
        }

        return command;
    }

    private static string Describe(RowTable table, RowOperationKind kind)
    {
        if (kind == RowOperationKind.Delete)
        {
            var names = string.Join(", ", table.KeyColumns.Select(column => column.Name));
            var matches = table.KeyColumns.Select(column => $"{table.Name}.{column.Name} = gone.{column.Name}");
            return $"DELETE FROM {table.Name} USING {Unnest(table.KeyColumns)} AS gone ({names}) "
                + $"WHERE {string.Join(" AND ", matches)}";
        }

        var insert = $"INSERT INTO {table.Name} ({table.ColumnNames}) SELECT * FROM {Unnest(table.Columns)}";
        return kind == RowOperationKind.Upsert ? insert + table.OnConflict : insert;
    }

    private static string Unnest(IReadOnlyList<RowColumn> columns) =>
        $"unnest({string.Join(", ", columns.Select((column, index) => $"${index + 1}::{column.StoreType}[]"))})";
}
