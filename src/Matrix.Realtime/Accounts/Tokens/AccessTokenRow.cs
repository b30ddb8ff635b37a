using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Accounts.Tokens;

/// <summary>An access token that is valid until it expires. The token itself is known to its owner alone.</summary>
internal sealed class AccessTokenRow
{
    public required string TokenHash { get; set; }

    public UserId UserId { get; set; }

    public DeviceId DeviceId { get; set; }

    /// <summary>When the token was issued, in Unix milliseconds.</summary>
    public long CreatedTs { get; set; }

    /// <summary>When the token expires, in Unix milliseconds; null for one that does not.</summary>
    public long? ExpiresTs { get; set; }

    /// <summary>The refresh token that was issued with it, if one was.</summary>
    public string? RefreshTokenHash { get; set; }

    /// <summary>Whether it came by a refresh and has yet to be used: its first use revokes what it replaces.</summary>
    public bool IsUnused { get; set; }
}

internal sealed class AccessTokenRowConfiguration : IEntityTypeConfiguration<AccessTokenRow>
{
    public void Configure(EntityTypeBuilder<AccessTokenRow> builder)
    {
        builder.ToTable("access_tokens");
        builder.HasKey(row => row.TokenHash);
        builder.HasIndex(row => new { row.UserId, row.DeviceId });
    }
}
