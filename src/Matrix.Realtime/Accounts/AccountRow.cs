using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Accounts;

/// <summary>An account on this server.</summary>
internal sealed class AccountRow
{
    public UserId UserId { get; set; }

    public required string PasswordHash { get; set; }

    /// <summary>When the account was made, in Unix milliseconds.</summary>
    public long CreatedTs { get; set; }

    /// <summary>Whether its owner has given it up; the name stays taken.</summary>
    public bool Deactivated { get; set; }

    /// <summary>What an administrator has taken from it.</summary>
    public AccountRestriction Restriction { get; set; }
}

internal sealed class AccountRowConfiguration : IEntityTypeConfiguration<AccountRow>
{
    public void Configure(EntityTypeBuilder<AccountRow> builder)
    {
        builder.ToTable("users");
        builder.HasKey(row => row.UserId);
    }
}
