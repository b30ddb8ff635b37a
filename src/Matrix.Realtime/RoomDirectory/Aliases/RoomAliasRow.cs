using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.RoomDirectory.Aliases;

/// <summary>An alias that this server has given out, with what it points at now.</summary>
internal sealed class RoomAliasRow
{
    public RoomAlias Alias { get; set; }

    /// <summary>Null once the alias is deleted.</summary>
    public RoomId? RoomId { get; set; }

    /// <summary>Who made the alias last.</summary>
    public UserId Creator { get; set; }

    public StreamPosition Position { get; set; }
}

internal sealed class RoomAliasRowConfiguration : IEntityTypeConfiguration<RoomAliasRow>
{
    public void Configure(EntityTypeBuilder<RoomAliasRow> builder)
    {
        builder.ToTable("room_aliases");
        builder.HasKey(row => row.Alias);
        builder.HasIndex(row => row.RoomId).HasFilter("room_id IS NOT NULL");
        builder.HasIndex(row => row.Position);
    }
}
