using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Relations;

/// <summary>A thread, placed in its room's list by its last reply.</summary>
internal sealed class ThreadRow
{
    public RoomId RoomId { get; set; }

    /// <summary>The event that the thread began with.</summary>
    public EventId Root { get; set; }

    /// <summary>The position of the last reply that is not redacted.</summary>
    public StreamPosition Latest { get; set; }
}

internal sealed class ThreadRowConfiguration : IEntityTypeConfiguration<ThreadRow>
{
    public void Configure(EntityTypeBuilder<ThreadRow> builder)
    {
        builder.ToTable("threads");
        builder.HasKey(row => new { row.RoomId, row.Root });
        builder.HasIndex(row => new { row.RoomId, row.Latest });
    }
}
