using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Accounts.Tokens;

/// <summary>A refresh token that is valid. The token itself is known to its owner alone.</summary>
internal sealed class RefreshTokenRow
{
    public required string TokenHash { get; set; }

    public UserId UserId { get; set; }

    public DeviceId DeviceId { get; set; }

    /// <summary>When the token was issued, in Unix milliseconds.</summary>
    public long CreatedTs { get; set; }
}

internal sealed class RefreshTokenRowConfiguration : IEntityTypeConfiguration<RefreshTokenRow>
{
    public void Configure(EntityTypeBuilder<RefreshTokenRow> builder)
    {
        builder.ToTable("refresh_tokens");
        builder.HasKey(row => row.TokenHash);
        builder.HasIndex(row => new { row.UserId, row.DeviceId });
    }
}
