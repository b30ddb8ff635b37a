using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using SQLitePCL;

namespace Matrix.Realtime.Sqlite;

/// <summary>The prepared statements of one open connection, and what it is set to.</summary>
internal sealed class SqliteWriter : IDisposable
{
    private const string MoveHeadSql =
        """
        UPDATE stream_head SET position = @head, writer = @writer, batch = @batch
        WHERE id = 1 AND position = @expected
        """;

    private readonly SqliteConnection _connection;
    private readonly sqlite3? _handle;
    private readonly IModel _model;
    private readonly ISqlGenerationHelper _sql;
    private readonly Dictionary<(Type RowType, RowOperationKind Kind), SqliteRowCommand> _rowCommands = [];
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _moveHead;
    private bool? _waitsForDisk;

    public SqliteWriter(MatrixDbContext context, SqliteConnection connection)
    {
        _connection = connection;
        _handle = connection.Handle;
        _model = context.Model;
        _sql = context.GetService<ISqlGenerationHelper>();
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _moveHead = Prepare(MoveHeadSql, "@head", "@writer", "@batch", "@expected");
    }

    /// <summary>Whether the statements are of this connection, and it has not been opened anew since.</summary>
    public bool Serves(SqliteConnection connection) =>
        ReferenceEquals(connection, _connection) && ReferenceEquals(connection.Handle, _handle);

    /// <summary>Begins the transaction that holds the database's write lock.</summary>
    public void Begin(bool durable)
    {
        if (_waitsForDisk != durable)
        {
            using var pragma = Prepare($"PRAGMA synchronous = {(durable ? "FULL" : "NORMAL")}");
            pragma.ExecuteNonQuery();
            _waitsForDisk = durable;
        }

        _begin.ExecuteNonQuery();
    }

    public void Commit() => _commit.ExecuteNonQuery();

    public void RollBackIfOpen()
    {
        if (_handle is not null && raw.sqlite3_get_autocommit(_handle) == 0)
        {
            using var rollback = Prepare("ROLLBACK");
            rollback.ExecuteNonQuery();
        }
    }

    /// <summary>Moves the head row, unless it is not where the batch expects it.</summary>
    public bool TryMoveHead(BatchHeader header)
    {
        var parameters = _moveHead.Parameters;
        parameters[0].Value = header.Head.Value;
        parameters[1].Value = header.Writer;
        parameters[2].Value = header.Batch;
        parameters[3].Value = header.Expected.Value;
        return _moveHead.ExecuteNonQuery() == 1;
    }

    public void Write(Type rowType, RowOperationKind kind, List<object> rows)
    {
        if (!_rowCommands.TryGetValue((rowType, kind), out var command))
        {
            command = new SqliteRowCommand(RowTable.Create(_model, _sql, rowType), kind, _connection);
            _rowCommands.Add((rowType, kind), command);
        }

        command.Execute(rows);
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _moveHead.Dispose();
        foreach (var command in _rowCommands.Values)
        {
            command.Dispose();
        }
    }

    private SqliteCommand Prepare(string sql, params string[] parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        return command;
    }
}
