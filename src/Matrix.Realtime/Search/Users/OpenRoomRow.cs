using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Search.Users;

/// <summary>A room that anybody may join or read, so that anybody may find its members.</summary>
internal sealed class OpenRoomRow
{
    public RoomId RoomId { get; set; }
}

internal sealed class OpenRoomRowConfiguration : IEntityTypeConfiguration<OpenRoomRow>
{
    public void Configure(EntityTypeBuilder<OpenRoomRow> builder)
    {
        builder.ToTable("open_rooms");
        builder.HasKey(row => row.RoomId);
    }
}
