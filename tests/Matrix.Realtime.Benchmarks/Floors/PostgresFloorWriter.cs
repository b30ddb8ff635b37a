using Npgsql;
using NpgsqlTypes;

namespace Matrix.Realtime.Benchmarks.Floors;

internal sealed class PostgresFloorWriter : FloorWriter
{
    private readonly NpgsqlConnection _connection;

    public PostgresFloorWriter(string connectionString)
    {
        _connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 20, AutoPrepareMinUsages = 2 }.ConnectionString);
        _connection.Open();
        foreach (var sql in FloorTable.All.SelectMany(table => table.CreateSql()).Prepend(FloorTable.CreateHead))
        {
            using var command = new NpgsqlCommand(sql, _connection);
            command.ExecuteNonQuery();
        }
    }

    protected override void Commit(long head, bool durable, IEnumerable<IGrouping<FloorTable, object[]>> rows)
    {
        using var batch = new NpgsqlBatch(_connection);
        if (!durable)
        {
            batch.BatchCommands.Add(new("SELECT set_config('synchronous_commit', 'off', true)"));
        }

        batch.BatchCommands.Add(new("UPDATE stream_head SET position = $1, batch = batch + 1 WHERE id = 1")
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = head } },
        });
        foreach (var group in rows)
        {
            batch.BatchCommands.Add(Upsert(group.Key, [.. group]));
        }

        batch.ExecuteNonQuery();
    }

    private static NpgsqlBatchCommand Upsert(FloorTable table, List<object[]> rows)
    {
        // One statement may not touch a row twice.
        var latest = rows.Reverse<object[]>().DistinctBy(row => string.Join('\n', row.Take(table.Keys))).ToList();
        var types = table.Columns.Select((column, index) => $"${index + 1}::{column.Type}[]");
        var command = new NpgsqlBatchCommand(table.UpsertSql($"SELECT * FROM unnest({string.Join(", ", types)})"));
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var index = i;
            command.Parameters.Add(new NpgsqlParameter
            {
                Value = table.Columns[i].ToArray(latest.Select(row => row[index])),
                NpgsqlDbType = NpgsqlDbType.Array | table.Columns[i].DbType,
            });
        }

        return command;
    }
}
