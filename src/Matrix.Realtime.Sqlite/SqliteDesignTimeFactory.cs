using Matrix.Realtime.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Matrix.Realtime.Sqlite;

/// <summary>Gives <c>dotnet ef</c> a context; it never opens the database.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<MatrixDbContext>
{
    public MatrixDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<MatrixDbContext>();
        SqliteSetup.Configure(options, new SqliteConnectionStringBuilder { DataSource = "design.db" });
        return new MatrixDbContext(options.Options);
    }
}
