using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Rooms.Writing;

/// <summary>A signing key of this server.</summary>
internal sealed class SigningKeyRow
{
    public required string KeyId { get; set; }

    public required byte[] Seed { get; set; }

    /// <summary>When the key was made, in Unix milliseconds.</summary>
    public long CreatedTs { get; set; }
}

internal sealed class SigningKeyRowConfiguration : IEntityTypeConfiguration<SigningKeyRow>
{
    public void Configure(EntityTypeBuilder<SigningKeyRow> builder)
    {
        builder.ToTable("signing_keys");
        builder.HasKey(row => row.KeyId);
    }
}
