using Microsoft.Data.Sqlite;

namespace Matrix.Realtime.Benchmarks.Floors;

internal sealed class SqliteFloorWriter : FloorWriter
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _moveHead;
    private readonly SqliteCommand _commit;
    private readonly Dictionary<FloorTable, SqliteCommand> _upserts;
    private bool? _waitsForDisk;

    public SqliteFloorWriter(string connectionString)
    {
        _connection = new SqliteConnection(connectionString);
        _connection.Open();
        Execute("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 8192; PRAGMA temp_store = MEMORY");
        Execute(FloorTable.CreateHead);
        foreach (var sql in FloorTable.All.SelectMany(table => table.CreateSql()))
        {
            Execute(sql);
        }

        _begin = Prepare("BEGIN IMMEDIATE");
        _moveHead = Prepare("UPDATE stream_head SET position = @p0, batch = batch + 1 WHERE id = 1", parameters: 1);
        _commit = Prepare("COMMIT");
        _upserts = FloorTable.All.ToDictionary(table => table, table =>
        {
            var names = Enumerable.Range(0, table.Columns.Count).Select(index => $"@p{index}");
            return Prepare(table.UpsertSql($"VALUES ({string.Join(", ", names)})"), table.Columns.Count);
        });
    }

    protected override void Commit(long head, bool durable, IEnumerable<IGrouping<FloorTable, object[]>> rows)
    {
        if (_waitsForDisk != durable)
        {
            Execute($"PRAGMA synchronous = {(durable ? "FULL" : "NORMAL")}");
            _waitsForDisk = durable;
        }

        _begin.ExecuteNonQuery();
        _moveHead.Parameters[0].Value = head;
        _moveHead.ExecuteNonQuery();
        foreach (var group in rows)
        {
            var upsert = _upserts[group.Key];
            foreach (var row in group)
            {
                for (var i = 0; i < row.Length; i++)
                {
                    upsert.Parameters[i].Value = row[i];
                }

                upsert.ExecuteNonQuery();
            }
        }

        _commit.ExecuteNonQuery();
    }

    private void Execute(string sql)
    {
        using var command = Prepare(sql);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Prepare(string sql, int parameters = 0)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = $"@p{i}" });
        }

        return command;
    }
}
