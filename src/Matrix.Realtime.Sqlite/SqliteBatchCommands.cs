using System.Data;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Matrix.Realtime.Sqlite;

/// <summary>The prepared commands of one connection.</summary>
internal sealed class SqliteBatchCommands(SqliteConnection connection, IModel model)
{
    private const string MoveHead = """
        UPDATE "stream_head" SET "position" = $head, "writer" = $writer, "batch" = $batch
        WHERE "id" = 1 AND "position" = $expected
        """;

    private readonly Dictionary<(Type Row, RowOperationKind Kind), (RowTable Table, SqliteCommand Command)> _rows = [];
    private SqliteCommand? _moveHead;
    private bool _durable = true;

    /// <summary>Whether commits wait for the disk; a setting of the connection, changed only when it differs.</summary>
    public void SetDurable(bool durable)
    {
        if (durable != _durable)
        {
            using var command = connection.CreateCommand();
            command.CommandText = durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL";
            command.ExecuteNonQuery();
            _durable = durable;
        }
    }

    public CommitOutcome Run(BatchHeader header, IReadOnlyList<RowOperation> operations)
    {
        using var transaction = connection.BeginTransaction(IsolationLevel.Serializable);
        if (!TryMoveHead(header, transaction))
        {
            return CommitOutcome.HeadMoved;
        }

        foreach (var operation in operations)
        {
            Write(operation, transaction);
        }

        transaction.Commit();
        return CommitOutcome.Committed;
    }

    private bool TryMoveHead(BatchHeader header, SqliteTransaction transaction)
    {
        _moveHead ??= Prepare(MoveHead, ["$head", "$writer", "$batch", "$expected"]);
        _moveHead.Transaction = transaction;
        _moveHead.Parameters[0].Value = header.Head.Value;
        _moveHead.Parameters[1].Value = header.Writer;
        _moveHead.Parameters[2].Value = header.Batch;
        _moveHead.Parameters[3].Value = header.Expected.Value;
        return _moveHead.ExecuteNonQuery() == 1;
    }

    private void Write(RowOperation operation, SqliteTransaction transaction)
    {
        var key = (operation.Row.GetType(), operation.Kind);
        if (!_rows.TryGetValue(key, out var prepared))
        {
            _rows.Add(key, prepared = Prepare(RowTable.Of(model, key.Item1), key.Kind));
        }

        var (table, command) = prepared;
        var columns = operation.Kind == RowOperationKind.Delete ? table.KeyColumns : table.Columns;
        for (var i = 0; i < columns.Count; i++)
        {
            command.Parameters[i].Value = columns[i].Value(operation.Row) ?? DBNull.Value;
        }

        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }

    private (RowTable Table, SqliteCommand Command) Prepare(RowTable table, RowOperationKind kind)
    {
        var names = Enumerable.Range(0, table.Columns.Count).Select(index => $"$p{index}").ToList();
        var insert = $"INSERT INTO {table.Name} ({table.ColumnList}) VALUES ({string.Join(", ", names)})";
        var keys = names.Take(table.KeyColumns.Count).ToList();
        return kind switch
        {
            RowOperationKind.Insert => (table, Prepare(insert, names)),
            RowOperationKind.Upsert => (table, Prepare($"{insert} {table.OnConflict}", names)),
            RowOperationKind.Delete => (table, Prepare(
                $"DELETE FROM {table.Name} WHERE "
                + string.Join(" AND ", table.KeyColumns.Zip(keys, (column, name) => $"{column.Name} = {name}")), keys)),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    private SqliteCommand Prepare(string text, IEnumerable<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        }

        return command;
    }
}
