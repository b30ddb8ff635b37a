namespace Matrix.Realtime.Tests.Databases;

/// <summary>Gives each test a database of its own.</summary>
public static class TestDatabase
{
    /// <summary>A database with all tables and no rows but those that a migration puts in.</summary>
    public static async Task<Database> CreateAsync(DatabaseKind kind) => kind switch
    {
        DatabaseKind.Sqlite => await SqliteDatabase.CreateAsync(),
        DatabaseKind.Postgres => await PostgresDatabase.CreateAsync(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>A place where no database is yet.</summary>
    public static async Task<Database> ReserveAsync(DatabaseKind kind) => kind switch
    {
        DatabaseKind.Sqlite => SqliteDatabase.Reserve(),
        DatabaseKind.Postgres => await PostgresDatabase.ReserveAsync(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
