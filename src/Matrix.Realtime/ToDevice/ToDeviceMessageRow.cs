using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.ToDevice;

/// <summary>A message that a device has not confirmed yet.</summary>
internal sealed class ToDeviceMessageRow
{
    public StreamPosition Position { get; set; }

    public UserId UserId { get; set; }

    public DeviceId DeviceId { get; set; }

    public UserId Sender { get; set; }

    public required string Type { get; set; }

    /// <summary>A JSON object.</summary>
    public required byte[] Content { get; set; }
}

internal sealed class ToDeviceMessageRowConfiguration : IEntityTypeConfiguration<ToDeviceMessageRow>
{
    public void Configure(EntityTypeBuilder<ToDeviceMessageRow> builder)
    {
        builder.ToTable("to_device_messages");
        builder.HasKey(row => row.Position);
        builder.HasIndex(row => new { row.UserId, row.DeviceId, row.Position });
    }
}
