using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Typing;

/// <summary>
/// Whether a user types in a room; the row stays when they stop, so that old tokens find the position.
/// </summary>
internal sealed class TypingRow
{
    public RoomId RoomId { get; set; }

    public UserId UserId { get; set; }

    public bool IsTyping { get; set; }

    /// <summary>When that last changed.</summary>
    public StreamPosition Position { get; set; }
}

internal sealed class TypingRowConfiguration : IEntityTypeConfiguration<TypingRow>
{
    public void Configure(EntityTypeBuilder<TypingRow> builder)
    {
        builder.ToTable("typing");
        builder.HasKey(row => new { row.RoomId, row.UserId });
        builder.HasIndex(row => row.Position);
    }
}
