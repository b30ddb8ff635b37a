using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Filters;

/// <summary>A filter that a user has uploaded. It never changes.</summary>
internal sealed class FilterRow
{
    public UserId UserId { get; set; }

    public required string FilterId { get; set; }

    /// <summary>The definition as the client wrote it, in UTF-8.</summary>
    public required byte[] Definition { get; set; }
}

internal sealed class FilterRowConfiguration : IEntityTypeConfiguration<FilterRow>
{
    public void Configure(EntityTypeBuilder<FilterRow> builder)
    {
        builder.ToTable("filters");
        builder.HasKey(row => new { row.UserId, row.FilterId });
    }
}
