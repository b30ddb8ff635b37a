using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.KeyBackup;

/// <summary>A key in a backup: that of one session of one room.</summary>
internal sealed class RoomKeyRow
{
    public UserId UserId { get; set; }

    public long Version { get; set; }

    public RoomId RoomId { get; set; }

    public required string SessionId { get; set; }

    public bool IsVerified { get; set; }

    public long FirstMessageIndex { get; set; }

    public long ForwardedCount { get; set; }

    /// <summary>The JSON value that the client gave, in UTF-8.</summary>
    public required byte[] SessionData { get; set; }

    /// <summary>How it compares to other keys of the session.</summary>
    public RoomKeyQuality Quality => new(IsVerified, FirstMessageIndex, ForwardedCount);
}

internal sealed class RoomKeyRowConfiguration : IEntityTypeConfiguration<RoomKeyRow>
{
    public void Configure(EntityTypeBuilder<RoomKeyRow> builder)
    {
        builder.ToTable("room_keys");
        builder.Ignore(row => row.Quality);
        builder.HasKey(row => new { row.UserId, row.Version, row.RoomId, row.SessionId });

        // An upload names sessions of many rooms, and looks for what there is of them at once.
        builder.HasIndex(row => new { row.UserId, row.Version, row.SessionId });
    }
}
