using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Keys.CrossSigning;

/// <summary>
/// A signature of a user, by one of their keys, over a device or a master key of theirs or of another user.
/// </summary>
internal sealed class KeySignatureRow
{
    /// <summary>Who signed.</summary>
    public UserId UserId { get; set; }

    /// <summary>What they signed with, with its algorithm.</summary>
    public required string KeyId { get; set; }

    public UserId SignedUserId { get; set; }

    /// <summary>A device id, or the public half of a master key.</summary>
    public required string SignedKey { get; set; }

    public required string Signature { get; set; }

    public StreamPosition Position { get; set; }
}

internal sealed class KeySignatureRowConfiguration : IEntityTypeConfiguration<KeySignatureRow>
{
    public void Configure(EntityTypeBuilder<KeySignatureRow> builder)
    {
        builder.ToTable("key_signatures");
        builder.HasKey(row => new { row.UserId, row.KeyId, row.SignedUserId, row.SignedKey });
        builder.HasIndex(row => row.SignedUserId);
        builder.HasIndex(row => row.Position);
    }
}
