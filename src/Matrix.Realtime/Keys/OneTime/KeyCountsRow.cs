using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Keys.OneTime;

/// <summary>
/// What a device has left to be claimed, as its syncs tell it. The row stays when the device is gone, until the next
/// start, so that other processes find out.
/// </summary>
internal sealed class KeyCountsRow
{
    public UserId UserId { get; set; }

    public DeviceId DeviceId { get; set; }

    /// <summary>A JSON object: by algorithm how many one-time keys there are.</summary>
    public required byte[] OneTimeKeyCounts { get; set; }

    /// <summary>A JSON array: the algorithms whose fallback key has not been handed out.</summary>
    public required byte[] UnusedFallbackKeyTypes { get; set; }

    /// <summary>When that, or a key itself, last changed.</summary>
    public StreamPosition Position { get; set; }
}

internal sealed class KeyCountsRowConfiguration : IEntityTypeConfiguration<KeyCountsRow>
{
    public void Configure(EntityTypeBuilder<KeyCountsRow> builder)
    {
        builder.ToTable("key_counts");
        builder.HasKey(row => new { row.UserId, row.DeviceId });
        builder.HasIndex(row => row.Position);
    }
}
