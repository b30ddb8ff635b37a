using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Rooms.State;

/// <summary>A user forgot a room; it counts until their membership changes again.</summary>
internal sealed class ForgottenRoomRow
{
    public UserId UserId { get; set; }

    public RoomId RoomId { get; set; }

    public StreamPosition Position { get; set; }
}

internal sealed class ForgottenRoomRowConfiguration : IEntityTypeConfiguration<ForgottenRoomRow>
{
    public void Configure(EntityTypeBuilder<ForgottenRoomRow> builder)
    {
        builder.ToTable("forgotten_rooms");
        builder.HasKey(row => new { row.UserId, row.RoomId });
        builder.HasIndex(row => row.Position);
    }
}
