using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Keys.DeviceLists;

/// <summary>When what others see of a user's devices and keys last changed.</summary>
internal sealed class DeviceListRow
{
    public UserId UserId { get; set; }

    public StreamPosition Position { get; set; }
}

internal sealed class DeviceListRowConfiguration : IEntityTypeConfiguration<DeviceListRow>
{
    public void Configure(EntityTypeBuilder<DeviceListRow> builder)
    {
        builder.ToTable("device_lists");
        builder.HasKey(row => row.UserId);
        builder.HasIndex(row => row.Position);
    }
}
