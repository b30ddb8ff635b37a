using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Keys.OneTime;

/// <summary>The fallback key of a device for one algorithm.</summary>
internal sealed class FallbackKeyRow
{
    public UserId UserId { get; set; }

    public DeviceId DeviceId { get; set; }

    public required string Algorithm { get; set; }

    public required string KeyId { get; set; }

    public required byte[] Json { get; set; }

    public bool IsUsed { get; set; }
}

internal sealed class FallbackKeyRowConfiguration : IEntityTypeConfiguration<FallbackKeyRow>
{
    public void Configure(EntityTypeBuilder<FallbackKeyRow> builder)
    {
        builder.ToTable("fallback_keys");
        builder.HasKey(row => new { row.UserId, row.DeviceId, row.Algorithm });
    }
}
