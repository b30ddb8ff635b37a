using Microsoft.Data.Sqlite;

namespace Matrix.Realtime.Sqlite;

/// <summary>Where the database lies.</summary>
/// <param name="Path">The file, as a full path.</param>
/// <param name="ConnectionString">How to open it.</param>
internal sealed record SqliteFile(string Path, string ConnectionString)
{
    public static SqliteFile Parse(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString);
        var isFile = builder.DataSource.Length > 0
            && builder.DataSource != ":memory:"
            && builder.Mode is SqliteOpenMode.ReadWriteCreate or SqliteOpenMode.ReadWrite;
        if (!isFile)
        {
            throw new ArgumentException(
                "The SQLite connection string must name a file that can be written: Data Source=<path>.",
                nameof(connectionString));
        }

        builder.DataSource = System.IO.Path.GetFullPath(builder.DataSource);
        return new SqliteFile(builder.DataSource, builder.ConnectionString);
    }
}
