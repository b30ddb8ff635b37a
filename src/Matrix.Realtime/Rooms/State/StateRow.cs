using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Rooms.State;

/// <summary>
/// A state event held its key of the room's state from its own position until another took its place.
/// </summary>
internal sealed class StateRow
{
    public RoomId RoomId { get; set; }

    public required string Type { get; set; }

    public required string StateKey { get; set; }

    /// <summary>The position of the event.</summary>
    public StreamPosition From { get; set; }

    /// <summary>The position of the event that replaced it, or <see cref="StreamPosition.Never"/>.</summary>
    public StreamPosition Until { get; set; }

    /// <summary>Of <c>m.room.member</c>, its membership.</summary>
    public string? Membership { get; set; }
}

internal sealed class StateRowConfiguration : IEntityTypeConfiguration<StateRow>
{
    public void Configure(EntityTypeBuilder<StateRow> builder)
    {
        builder.ToTable("state");
        builder.HasKey(row => new { row.RoomId, row.Type, row.StateKey, row.From });
        builder.HasIndex(row => new { row.RoomId, row.From });
        builder.HasIndex(row => new { row.RoomId, row.Until });
        builder.HasIndex(row => row.StateKey).HasFilter("membership IS NOT NULL");
    }
}
