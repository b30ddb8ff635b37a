using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Keys.CrossSigning;

/// <summary>A user's present cross-signing key of one usage.</summary>
internal sealed class CrossSigningKeyRow
{
    public UserId UserId { get; set; }

    /// <summary>One of <see cref="CrossSigningUsages"/>.</summary>
    public required string Usage { get; set; }

    /// <summary>In unpadded base64.</summary>
    public required string PublicKey { get; set; }

    /// <summary>Canonical JSON, with the signatures that it was uploaded with.</summary>
    public required byte[] Json { get; set; }
}

internal sealed class CrossSigningKeyRowConfiguration : IEntityTypeConfiguration<CrossSigningKeyRow>
{
    public void Configure(EntityTypeBuilder<CrossSigningKeyRow> builder)
    {
        builder.ToTable("cross_signing_keys");
        builder.HasKey(row => new { row.UserId, row.Usage });
    }
}
