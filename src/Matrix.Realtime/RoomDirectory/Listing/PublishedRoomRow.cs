using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.RoomDirectory.Listing;

/// <summary>Whether a room that has been listed is so still.</summary>
internal sealed class PublishedRoomRow
{
    public RoomId RoomId { get; set; }

    public bool IsPublished { get; set; }

    public StreamPosition Position { get; set; }
}

internal sealed class PublishedRoomRowConfiguration : IEntityTypeConfiguration<PublishedRoomRow>
{
    public void Configure(EntityTypeBuilder<PublishedRoomRow> builder)
    {
        builder.ToTable("published_rooms");
        builder.HasKey(row => row.RoomId);
        builder.HasIndex(row => row.Position);
    }
}
