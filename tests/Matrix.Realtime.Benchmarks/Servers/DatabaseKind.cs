namespace Matrix.Realtime.Benchmarks.Servers;

internal enum DatabaseKind
{
    Sqlite,
    Postgres,
}
