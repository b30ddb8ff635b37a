namespace Matrix.Realtime.Tests.Databases;

/// <summary>The databases that the server runs on, and so do the tests.</summary>
public enum DatabaseKind
{
    Sqlite,
    Postgres,
}
