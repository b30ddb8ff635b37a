using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.AccountData;

/// <summary>
/// From one position until another a user ignored somebody. The history is kept because what was sent meanwhile is not
/// delivered later, when they are no longer ignored.
/// </summary>
internal sealed class IgnoredUserRow
{
    public UserId UserId { get; set; }

    public UserId IgnoredUserId { get; set; }

    public StreamPosition From { get; set; }

    /// <summary>Where the user stopped ignoring, or <see cref="StreamPosition.Never"/>.</summary>
    public StreamPosition Until { get; set; }
}

internal sealed class IgnoredUserRowConfiguration : IEntityTypeConfiguration<IgnoredUserRow>
{
    public void Configure(EntityTypeBuilder<IgnoredUserRow> builder)
    {
        builder.ToTable("ignored_users");
        builder.HasKey(row => new { row.UserId, row.IgnoredUserId, row.From });
    }
}
