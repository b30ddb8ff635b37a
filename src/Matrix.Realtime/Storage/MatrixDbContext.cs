using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Matrix.Realtime.Storage;

/// <summary>
/// The database. Entities are found by their configurations, each beside its entity in the folder of its feature.
/// </summary>
internal class MatrixDbContext : DbContext
{
    public MatrixDbContext(DbContextOptions options)
        : base(options) =>
        Database.AutoSavepointsEnabled = false;

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(MatrixDbContext).Assembly);

        // Rows are written whole: the database generates no value, not even a numeric key.
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            property.ValueGenerated = ValueGenerated.Never;
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        Convert<UserId, IdentifierConverter<UserId>>(configurationBuilder);
        Convert<RoomId, IdentifierConverter<RoomId>>(configurationBuilder);
        Convert<RoomAlias, IdentifierConverter<RoomAlias>>(configurationBuilder);
        Convert<EventId, IdentifierConverter<EventId>>(configurationBuilder);
        Convert<DeviceId, IdentifierConverter<DeviceId>>(configurationBuilder);
        Convert<StreamPosition, StreamPositionConverter>(configurationBuilder);
        configurationBuilder.Conventions.Add(_ => new SnakeCaseConvention());
    }

    // The default type mapping makes the type legal as a parameter of raw SQL too.
    private static void Convert<TModel, TConverter>(ModelConfigurationBuilder configuration)
        where TModel : struct
        where TConverter : ValueConverter
    {
        configuration.Properties<TModel>().HaveConversion<TConverter>();
        configuration.DefaultTypeMapping<TModel>().HasConversion<TConverter>();
    }
}
