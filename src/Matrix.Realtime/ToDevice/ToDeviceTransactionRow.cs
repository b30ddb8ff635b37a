using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.ToDevice;

/// <summary>A request of a device that is remembered for a day, so that its repetition sends nothing.</summary>
internal sealed class ToDeviceTransactionRow
{
    public StreamPosition Position { get; set; }

    public UserId UserId { get; set; }

    public DeviceId DeviceId { get; set; }

    public required string EventType { get; set; }

    public required string TransactionId { get; set; }

    /// <summary>When it was carried out, in Unix milliseconds.</summary>
    public long SentTs { get; set; }
}

internal sealed class ToDeviceTransactionRowConfiguration : IEntityTypeConfiguration<ToDeviceTransactionRow>
{
    public void Configure(EntityTypeBuilder<ToDeviceTransactionRow> builder)
    {
        builder.ToTable("to_device_transactions");
        builder.HasKey(row => row.Position);
        builder.HasIndex(row => new { row.UserId, row.DeviceId });
    }
}
