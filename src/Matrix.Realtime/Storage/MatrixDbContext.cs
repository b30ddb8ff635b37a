using System.Text;
using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Storage;

/// <summary>
/// The database. Every feature describes its own tables beside its own code; they are found by scanning the assembly.
/// </summary>
internal sealed class MatrixDbContext(DbContextOptions<MatrixDbContext> options) : DbContext(options)
{
    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        Convert<UserId>(configurationBuilder);
        Convert<RoomId>(configurationBuilder);
        Convert<EventId>(configurationBuilder);
        Convert<DeviceId>(configurationBuilder);
        configurationBuilder.Properties<StreamPosition>().HaveConversion<StreamPositionConverter>();
        configurationBuilder.DefaultTypeMapping<StreamPosition>().HasConversion<StreamPositionConverter>();
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(MatrixDbContext).Assembly);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            property.SetColumnName(SnakeCase(property.Name));
        }
    }

    private static void Convert<T>(ModelConfigurationBuilder builder)
        where T : struct, IMatrixIdentifier<T>
    {
        builder.Properties<T>().HaveConversion<MatrixIdentifierConverter<T>>();
        builder.DefaultTypeMapping<T>().HasConversion<MatrixIdentifierConverter<T>>();
    }

    private static string SnakeCase(string name)
    {
        var result = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && result.Length > 0)
            {
                result.Append('_');
            }

            result.Append(char.ToLowerInvariant(letter));
        }

        return result.ToString();
    }
}
