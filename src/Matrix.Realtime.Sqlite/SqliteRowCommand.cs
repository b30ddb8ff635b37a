using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.Data.Sqlite;

namespace Matrix.Realtime.Sqlite;

/// <summary>One statement for one row of an entity, run for each row with its values.</summary>
internal sealed class SqliteRowCommand : IDisposable
{
    private readonly IReadOnlyList<RowColumn> _columns;
    private readonly SqliteParameter[] _parameters;
    private readonly SqliteCommand _command;

    public SqliteRowCommand(RowTable table, RowOperationKind kind, SqliteConnection connection)
    {
        _columns = kind == RowOperationKind.Delete ? table.KeyColumns : table.Columns;
        _parameters = [.. _columns.Select((_, index) => new SqliteParameter { ParameterName = $"@p{index}" })];
        _command = connection.CreateCommand();
        _command.CommandText = Describe(table, kind);
        _command.Parameters.AddRange(_parameters);
    }

    public void Execute(List<object> rows)
    {
        foreach (var row in rows)
        {
            for (var i = 0; i < _parameters.Length; i++)
            {
                _parameters[i].Value = _columns[i].Read(row) ?? DBNull.Value;
            }

            _command.ExecuteNonQuery();
        }
    }

    public void Dispose() => _command.Dispose();

    private string Describe(RowTable table, RowOperationKind kind)
    {
        if (kind == RowOperationKind.Delete)
        {
            var keys = _columns.Select((column, index) => $"{column.Name} = @p{index}");
            return $"DELETE FROM {table.Name} WHERE {string.Join(" AND ", keys)}";
        }

        var values = string.Join(", ", _parameters.Select(parameter => parameter.ParameterName));
        var insert = $"INSERT INTO {table.Name} ({table.ColumnNames}) VALUES ({values})";
        return kind == RowOperationKind.Upsert ? insert + table.OnConflict : insert;
    }
}
