using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Streams;

/// <summary>The single row that says how far the stream has come, and which batch brought it there.</summary>
internal sealed class StreamHead
{
    public const int TheId = 1;

    public int Id { get; set; } = TheId;

    public StreamPosition Position { get; set; }

    public Guid Writer { get; set; }

    public long Batch { get; set; }
}

internal sealed class StreamHeadConfiguration : IEntityTypeConfiguration<StreamHead>
{
    public void Configure(EntityTypeBuilder<StreamHead> builder)
    {
        builder.ToTable("stream_head");
        builder.HasKey(head => head.Id);
        builder.Property(head => head.Id).ValueGeneratedNever();
        builder.HasData(new StreamHead());
    }
}
