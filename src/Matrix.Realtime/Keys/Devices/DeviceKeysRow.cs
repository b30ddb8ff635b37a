using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Keys.Devices;

/// <summary>The identity keys of a device.</summary>
internal sealed class DeviceKeysRow
{
    public UserId UserId { get; set; }

    public DeviceId DeviceId { get; set; }

    /// <summary>Canonical JSON, with the signatures that the device uploaded.</summary>
    public required byte[] Json { get; set; }
}

internal sealed class DeviceKeysRowConfiguration : IEntityTypeConfiguration<DeviceKeysRow>
{
    public void Configure(EntityTypeBuilder<DeviceKeysRow> builder)
    {
        builder.ToTable("device_keys");
        builder.HasKey(row => new { row.UserId, row.DeviceId });
    }
}
