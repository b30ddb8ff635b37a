using System.Data;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Matrix.Realtime.Postgres;

/// <summary>
/// Writes a batch in one round trip: all statements are sent at once and form one implicit transaction.
/// </summary>
internal sealed class PostgresBatchCommitter : IBatchCommitter
{
    private const string DoNotWaitForDiskSql = "SELECT set_config('synchronous_commit', 'off', true)";

    // Nothing may be read back between the statements, so the batch is stopped from inside: dividing by the number of
    // rows moved fails it when the head was not where it was expected. No other statement divides.
    private const string MoveHeadSql =
        """
        WITH moved AS (
            UPDATE stream_head SET position = $1, writer = $2, batch = $3
            WHERE id = 1 AND position = $4
            RETURNING 1)
        SELECT 1 / count(*) FROM moved
        """;

    // All rows are found by their keys. A plan from when a table was small would go on reading all of it.
    private const string UseIndexesSql = "SET enable_seqscan = off";

    private readonly RowGroups _groups = new();
    private readonly Dictionary<(Type RowType, RowOperationKind Kind), PostgresRowStatement> _statements = [];

    public async Task<CommitOutcome> CommitAsync(
        MatrixDbContext database,
        BatchHeader header,
        IReadOnlyList<RowOperation> operations,
        CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(await OpenAsync(database, cancellationToken));
        if (!header.Durable)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(DoNotWaitForDiskSql));
        }

        batch.BatchCommands.Add(MoveHead(header));
        foreach (var (rowType, kind, rows) in _groups.Gather(operations))
        {
            batch.BatchCommands.Add(StatementFor(database, rowType, kind).ToCommand(rows));
        }

        try
        {
            // The writer has a thread of its own: to wait on it for the answer is cheaper than to be woken.
            batch.ExecuteNonQuery();
            return CommitOutcome.Committed;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.DivisionByZero)
        {
            return CommitOutcome.HeadMoved;
        }
        finally
        {
            _groups.Clear();
        }
    }

    private static NpgsqlBatchCommand MoveHead(BatchHeader header) => new(MoveHeadSql)
    {
        Parameters =
        {
            new NpgsqlParameter<long> { TypedValue = header.Head.Value },
            new NpgsqlParameter<Guid> { TypedValue = header.Writer },
            new NpgsqlParameter<long> { TypedValue = header.Batch },
            new NpgsqlParameter<long> { TypedValue = header.Expected.Value },
        },
    };

    // A connection that the server has closed is opened again here, for the next batch.
    private static async Task<NpgsqlConnection> OpenAsync(MatrixDbContext context, CancellationToken cancellationToken)
    {
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        if (connection.State != ConnectionState.Open)
        {
            await context.Database.OpenConnectionAsync(cancellationToken);
            await using var command = new NpgsqlCommand(UseIndexesSql, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return connection;
    }

    private PostgresRowStatement StatementFor(MatrixDbContext context, Type rowType, RowOperationKind kind)
    {
        if (!_statements.TryGetValue((rowType, kind), out var statement))
        {
            var table = RowTable.Create(context.Model, context.GetService<ISqlGenerationHelper>(), rowType);
            statement = new PostgresRowStatement(table, kind);
            _statements.Add((rowType, kind), statement);
        }

        return statement;
    }
}
