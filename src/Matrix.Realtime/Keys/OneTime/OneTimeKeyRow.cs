using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Keys.OneTime;

/// <summary>
/// A one-time key of a device. It stays for a while when it has been handed out, so that it is known again if its
/// device, which may have lost the answer, uploads it once more.
/// </summary>
internal sealed class OneTimeKeyRow
{
    public UserId UserId { get; set; }

    public DeviceId DeviceId { get; set; }

    public required string Algorithm { get; set; }

    public required string KeyId { get; set; }

    public required byte[] Json { get; set; }

    public StreamPosition UploadedAt { get; set; }

    /// <summary>Whether it has been handed out.</summary>
    public bool IsClaimed { get; set; }
}

internal sealed class OneTimeKeyRowConfiguration : IEntityTypeConfiguration<OneTimeKeyRow>
{
    public void Configure(EntityTypeBuilder<OneTimeKeyRow> builder)
    {
        builder.ToTable("one_time_keys");
        builder.HasKey(row => new { row.UserId, row.DeviceId, row.Algorithm, row.KeyId });
    }
}
