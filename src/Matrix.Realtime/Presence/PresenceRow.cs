using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Presence;

/// <summary>The presence of one user, as others last saw it.</summary>
internal sealed class PresenceRow
{
    public UserId UserId { get; set; }

    public PresenceState State { get; set; }

    public string? StatusMessage { get; set; }

    public bool CurrentlyActive { get; set; }

    /// <summary>
    /// When the user was last active, in milliseconds since the epoch, or 0. Behind by some minutes while they are.
    /// </summary>
    public long LastActiveTs { get; set; }

    /// <summary>A copy from the profile.</summary>
    public string? DisplayName { get; set; }

    /// <summary>A copy from the profile.</summary>
    public string? AvatarUrl { get; set; }

    /// <summary>Where what others see last changed.</summary>
    public StreamPosition Position { get; set; }
}

internal sealed class PresenceRowConfiguration : IEntityTypeConfiguration<PresenceRow>
{
    public void Configure(EntityTypeBuilder<PresenceRow> builder)
    {
        builder.ToTable("presence");
        builder.HasKey(row => row.UserId);
        builder.HasIndex(row => row.Position);
    }
}
