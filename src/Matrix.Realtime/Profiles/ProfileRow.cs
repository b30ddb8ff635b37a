using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Profiles;

/// <summary>One field of one user's profile.</summary>
internal sealed class ProfileRow
{
    public UserId UserId { get; set; }

    public required string Key { get; set; }

    /// <summary>The value in JSON; <c>null</c> when the field was removed.</summary>
    public required byte[] Value { get; set; }

    public StreamPosition Position { get; set; }
}

internal sealed class ProfileRowConfiguration : IEntityTypeConfiguration<ProfileRow>
{
    public void Configure(EntityTypeBuilder<ProfileRow> builder)
    {
        builder.ToTable("profiles");
        builder.HasKey(row => new { row.UserId, row.Key });
        builder.HasIndex(row => row.Position);
    }
}
