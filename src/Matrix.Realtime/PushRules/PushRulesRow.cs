using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.PushRules;

/// <summary>What a user changed of their push rules; the row stays when they go back to the default ones.</summary>
internal sealed class PushRulesRow
{
    public UserId UserId { get; set; }

    /// <summary><see cref="PushRuleChanges"/>, as JSON.</summary>
    public required byte[] Changes { get; set; }

    /// <summary>When that last changed.</summary>
    public StreamPosition Position { get; set; }
}

internal sealed class PushRulesRowConfiguration : IEntityTypeConfiguration<PushRulesRow>
{
    public void Configure(EntityTypeBuilder<PushRulesRow> builder)
    {
        builder.ToTable("push_rules");
        builder.HasKey(row => row.UserId);
        builder.HasIndex(row => row.Position);
    }
}
