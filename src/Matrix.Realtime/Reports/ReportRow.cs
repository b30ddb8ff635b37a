using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Reports;

/// <summary>A complaint of one user about a room, one of its events or another user.</summary>
internal sealed class ReportRow
{
    public string ReportId { get; set; } = string.Empty;

    public UserId Reporter { get; set; }

    /// <summary>The room, also of a reported event.</summary>
    public RoomId? RoomId { get; set; }

    public EventId? EventId { get; set; }

    /// <summary>The reported user.</summary>
    public UserId? UserId { get; set; }

    public string? Reason { get; set; }

    /// <summary>How bad it is, -100 at worst, as clients before v1.18 of the specification say.</summary>
    public long? Score { get; set; }

    /// <summary>When it was made, in Unix milliseconds.</summary>
    public long CreatedTs { get; set; }
}

internal sealed class ReportRowConfiguration : IEntityTypeConfiguration<ReportRow>
{
    public void Configure(EntityTypeBuilder<ReportRow> builder)
    {
        builder.ToTable("reports");
        builder.HasKey(row => row.ReportId);
        builder.HasIndex(row => row.CreatedTs);
    }
}
