using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Tests.Storage;

/// <summary>The server's database with tables of the tests' own.</summary>
internal sealed class SampleDbContext(DbContextOptions options) : MatrixDbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<SampleRow>().ToTable("sample").HasKey(row => new { row.RoomId, row.Number });
        modelBuilder.Entity<KeyOnlyRow>().ToTable("key_only").HasKey(row => row.Id);
        base.OnModelCreating(modelBuilder);
    }
}
