using System.Data;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Matrix.Realtime.Postgres;

/// <summary>
/// Writes a batch to PostgreSQL in one round trip: several statements in one implicit transaction, the head first. One
/// statement per table and kind, with an array per column, so that its text never changes and stays prepared.
/// </summary>
internal sealed class PostgresBatchCommitter : IBatchCommitter
{
    private const string DoNotWait = "SELECT set_config('synchronous_commit', 'off', true)";

    // The batch has to fail as a whole when the head has moved: then no row is updated and the division is by zero.
    private const string MoveHead = """
        WITH moved AS (
            UPDATE "stream_head" SET "position" = $1, "writer" = $2, "batch" = $3
            WHERE "id" = 1 AND "position" = $4 RETURNING 1)
        SELECT 1 / (SELECT count(*) FROM moved)
        """;

    private readonly Dictionary<(Type Row, RowOperationKind Kind), PostgresRowStatement> _statements = [];

    public async Task<CommitOutcome> CommitAsync(
        MatrixDbContext database,
        BatchHeader header,
        IReadOnlyList<RowOperation> operations,
        CancellationToken cancellationToken)
    {
        var connection = (NpgsqlConnection)database.Database.GetDbConnection();
        if (connection.State != ConnectionState.Open)
        {
            await connection.OpenAsync(cancellationToken);
        }

        await using var batch = new NpgsqlBatch(connection);
        if (!header.Durable)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(DoNotWait));
        }

        batch.BatchCommands.Add(HeadCommand(header));
        foreach (var rows in operations.GroupBy(operation => (operation.Row.GetType(), operation.Kind)))
        {
            batch.BatchCommands.Add(StatementOf(database, rows.Key).Command([.. rows.Select(operation => operation.Row)]));
        }

        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
            return CommitOutcome.Committed;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.DivisionByZero)
        {
            return CommitOutcome.HeadMoved;
        }
        catch
        {
            await connection.CloseAsync();
            throw;
        }
    }

    private static NpgsqlBatchCommand HeadCommand(BatchHeader header) => new(MoveHead)
    {
        Parameters =
        {
            new NpgsqlParameter<long> { TypedValue = header.Head.Value },
            new NpgsqlParameter<Guid> { TypedValue = header.Writer },
            new NpgsqlParameter<long> { TypedValue = header.Batch },
            new NpgsqlParameter<long> { TypedValue = header.Expected.Value },
        },
    };

    private PostgresRowStatement StatementOf(MatrixDbContext database, (Type Row, RowOperationKind Kind) key)
    {
        if (!_statements.TryGetValue(key, out var statement))
        {
            _statements.Add(key, statement = new(RowTable.Of(database.Model, key.Row), key.Kind));
        }

        return statement;
    }
}
