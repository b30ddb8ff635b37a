using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Matrix.Realtime.Postgres;

/// <summary>Gives <c>dotnet ef</c> a context; it never opens the database.</summary>
internal sealed class PostgresDesignTimeFactory : IDesignTimeDbContextFactory<MatrixDbContext>
{
    public MatrixDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<MatrixDbContext>();
        PostgresSetup.Configure(options, "Host=localhost;Database=design");
        return new MatrixDbContext(options.Options);
    }
}
