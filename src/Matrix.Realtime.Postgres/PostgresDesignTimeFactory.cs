using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;

namespace Matrix.Realtime.Postgres;

/// <summary>Gives <c>dotnet ef</c> a context from which to make a migration. No database is opened for that.</summary>
internal sealed class PostgresDesignTimeFactory : IDesignTimeDbContextFactory<MatrixDbContext>
{
    public MatrixDbContext CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<MatrixDbContext>()
            .UseMatrixPostgres("Host=localhost;Database=design")
            .Options);
}
