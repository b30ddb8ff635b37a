using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Search.Users;

/// <summary>A word by which a user is found.</summary>
internal sealed class UserWordRow
{
    /// <summary>The user, as the state key of member events names them.</summary>
    public required string StateKey { get; set; }

    /// <summary>The word, folded.</summary>
    public required string Word { get; set; }
}

internal sealed class UserWordRowConfiguration : IEntityTypeConfiguration<UserWordRow>
{
    public void Configure(EntityTypeBuilder<UserWordRow> builder)
    {
        builder.ToTable("user_words");
        builder.HasKey(row => new { row.StateKey, row.Word });
        builder.HasIndex(row => new { row.Word, row.StateKey });
    }
}
