using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Accounts.InteractiveAuthentication;

/// <summary>An interactive authentication that has begun.</summary>
internal sealed class UiaSessionRow
{
    /// <summary>The hash of the session's id, which only the client knows.</summary>
    public required string SessionHash { get; set; }

    /// <summary>What the session was begun for; it is good for nothing else.</summary>
    public required string Purpose { get; set; }

    /// <summary>The request to carry out, sealed by the session's id because it may hold a password.</summary>
    public required byte[] SealedRequest { get; set; }

    /// <summary>The stages completed so far, separated by spaces.</summary>
    public required string Completed { get; set; }

    /// <summary>When the session began, in Unix milliseconds.</summary>
    public long CreatedTs { get; set; }
}

internal sealed class UiaSessionRowConfiguration : IEntityTypeConfiguration<UiaSessionRow>
{
    public void Configure(EntityTypeBuilder<UiaSessionRow> builder)
    {
        builder.ToTable("uia_sessions");
        builder.HasKey(row => row.SessionHash);
        builder.HasIndex(row => row.CreatedTs);
    }
}
