using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Rooms.State;

/// <summary>What is kept of a room beside its events.</summary>
internal sealed class RoomRow
{
    public RoomId RoomId { get; set; }

    public required string Version { get; set; }
}

internal sealed class RoomRowConfiguration : IEntityTypeConfiguration<RoomRow>
{
    public void Configure(EntityTypeBuilder<RoomRow> builder)
    {
        builder.ToTable("rooms");
        builder.HasKey(row => row.RoomId);
    }
}
