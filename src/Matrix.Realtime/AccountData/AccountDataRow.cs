using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.AccountData;

/// <summary>
/// The latest content of one type of one user's account data. The row stays when it is deleted, so that old tokens find
/// out.
/// </summary>
internal sealed class AccountDataRow
{
    public UserId UserId { get; set; }

    /// <summary>The room, or empty for global account data.</summary>
    public required string Scope { get; set; }

    public required string Type { get; set; }

    /// <summary>A JSON object, or nothing once it is deleted.</summary>
    public required byte[] Content { get; set; }

    public StreamPosition Position { get; set; }
}

internal sealed class AccountDataRowConfiguration : IEntityTypeConfiguration<AccountDataRow>
{
    public void Configure(EntityTypeBuilder<AccountDataRow> builder)
    {
        builder.ToTable("account_data");
        builder.HasKey(row => new { row.UserId, row.Scope, row.Type });
        builder.HasIndex(row => row.Position);
    }
}
