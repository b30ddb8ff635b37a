using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.KeyBackup;

/// <summary>One version of a user's backup, and what its keys add up to.</summary>
internal sealed class KeyBackupRow
{
    public UserId UserId { get; set; }

    public long Version { get; set; }

    public required string Algorithm { get; set; }

    /// <summary>The JSON value that the client gave, in UTF-8.</summary>
    public required byte[] AuthData { get; set; }

    /// <summary>How often the keys have changed.</summary>
    public long Etag { get; set; }

    /// <summary>How many keys there are.</summary>
    public long Count { get; set; }

    /// <summary>Whether it is gone. The row stays, so that its version is not given again.</summary>
    public bool IsDeleted { get; set; }
}

internal sealed class KeyBackupRowConfiguration : IEntityTypeConfiguration<KeyBackupRow>
{
    public void Configure(EntityTypeBuilder<KeyBackupRow> builder)
    {
        builder.ToTable("key_backups");
        builder.HasKey(row => new { row.UserId, row.Version });
    }
}
