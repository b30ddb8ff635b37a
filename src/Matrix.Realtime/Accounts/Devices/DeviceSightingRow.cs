using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Accounts.Devices;

/// <summary>When and from where a device was last seen, more or less.</summary>
internal sealed class DeviceSightingRow
{
    public UserId UserId { get; set; }

    public DeviceId DeviceId { get; set; }

    /// <summary>In Unix milliseconds.</summary>
    public long SeenTs { get; set; }

    public string? Address { get; set; }
}

internal sealed class DeviceSightingRowConfiguration : IEntityTypeConfiguration<DeviceSightingRow>
{
    public void Configure(EntityTypeBuilder<DeviceSightingRow> builder)
    {
        builder.ToTable("device_sightings");
        builder.HasKey(row => new { row.UserId, row.DeviceId });
    }
}
