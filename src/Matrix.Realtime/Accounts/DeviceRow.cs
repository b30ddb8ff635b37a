using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Accounts;

/// <summary>A device that a user has logged in on and not logged out.</summary>
internal sealed class DeviceRow
{
    public UserId UserId { get; set; }

    public DeviceId DeviceId { get; set; }

    public string? DisplayName { get; set; }

    /// <summary>When the device first logged in, in Unix milliseconds.</summary>
    public long CreatedTs { get; set; }
}

internal sealed class DeviceRowConfiguration : IEntityTypeConfiguration<DeviceRow>
{
    public void Configure(EntityTypeBuilder<DeviceRow> builder)
    {
        builder.ToTable("devices");
        builder.HasKey(row => new { row.UserId, row.DeviceId });
    }
}
