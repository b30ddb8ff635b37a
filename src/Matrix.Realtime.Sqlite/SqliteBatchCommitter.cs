using System.Data;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Sqlite;

/// <summary>
/// Writes a batch row by row with statements prepared once per connection. Works on the caller's thread throughout:
/// SQLite has no other way.
/// </summary>
internal sealed class SqliteBatchCommitter : IBatchCommitter
{
    private readonly RowGroups _groups = new();
    private SqliteWriter? _writer;

    public Task<CommitOutcome> CommitAsync(
        MatrixDbContext database,
        BatchHeader header,
        IReadOnlyList<RowOperation> operations,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var writer = Open(database);
        writer.Begin(header.Durable);
        try
        {
            return Task.FromResult(Write(writer, header, operations));
        }
        finally
        {
            _groups.Clear();
            writer.RollBackIfOpen();
        }
    }

    private CommitOutcome Write(SqliteWriter writer, BatchHeader header, IReadOnlyList<RowOperation> operations)
    {
        if (!writer.TryMoveHead(header))
        {
            return CommitOutcome.HeadMoved;
        }

        foreach (var (rowType, kind, rows) in _groups.Gather(operations))
        {
            writer.Write(rowType, kind, rows);
        }

        writer.Commit();
        return CommitOutcome.Committed;
    }

    private SqliteWriter Open(MatrixDbContext context)
    {
        var connection = (SqliteConnection)context.Database.GetDbConnection();
        if (connection.State != ConnectionState.Open)
        {
            context.Database.OpenConnection();
        }

        if (_writer is null || !_writer.Serves(connection))
        {
            _writer?.Dispose();
            _writer = new SqliteWriter(context, connection);
        }

        return _writer;
    }
}
