using Microsoft.Data.Sqlite;

namespace Matrix.Realtime.Sqlite;

/// <summary>Where the database file lies; its folder is made if it is missing.</summary>
internal sealed class SqliteFile
{
    public SqliteFile(SqliteConnectionStringBuilder connection)
    {
        FullPath = Path.GetFullPath(connection.DataSource);
        Directory.CreateDirectory(Path.GetDirectoryName(FullPath)!);
    }

    public string FullPath { get; }
}
