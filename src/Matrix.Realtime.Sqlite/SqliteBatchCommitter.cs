using System.Runtime.CompilerServices;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Sqlite;

/// <summary>Writes batches to SQLite by prepared commands that are kept for as long as the writer's connection.</summary>
internal sealed class SqliteBatchCommitter : IBatchCommitter
{
    private readonly ConditionalWeakTable<SqliteConnection, SqliteBatchCommands> _commands = [];

    public async Task<CommitOutcome> CommitAsync(
        MatrixDbContext database,
        BatchHeader header,
        IReadOnlyList<RowOperation> operations,
        CancellationToken cancellationToken)
    {
        await database.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            var connection = (SqliteConnection)database.Database.GetDbConnection();
            var commands = _commands.GetValue(connection, opened => new SqliteBatchCommands(opened, database.Model));
            commands.SetDurable(header.Durable);
            return commands.Run(header, operations);
        }
        catch
        {
            await database.Database.CloseConnectionAsync();
            throw;
        }
    }
}
