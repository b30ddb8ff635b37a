using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Rooms.State;

/// <summary>One event of one room, at its place in the stream.</summary>
internal sealed class EventRow
{
    public StreamPosition Position { get; set; }

    public RoomId RoomId { get; set; }

    public EventId EventId { get; set; }

    public required string RoomVersion { get; set; }

    public UserId Sender { get; set; }

    public long OriginServerTs { get; set; }

    /// <summary>The canonical bytes; of a redacted event, what its redaction left.</summary>
    public required byte[] Json { get; set; }

    /// <summary>The device that sent the event under <see cref="TransactionId"/>, when a client of ours did.</summary>
    public DeviceId? DeviceId { get; set; }

    public string? TransactionId { get; set; }

    /// <summary>Where the redaction of this event stands.</summary>
    public StreamPosition? RedactedBy { get; set; }

    /// <summary>Where the state event stands whose place this one took.</summary>
    public StreamPosition? Replaces { get; set; }

    /// <summary>The root of the thread that the event is in; null in the main timeline.</summary>
    public EventId? ThreadRoot { get; set; }

    /// <summary>How many members were joined once the event was there.</summary>
    public int MemberCount { get; set; }

    /// <summary>Whether the sender's power suffices to notify the whole room.</summary>
    public bool MayNotifyRoom { get; set; }

    public Pdu ToPdu() => Pdu.Parse(Versions.RoomVersion.Require(RoomVersion), EventId, Json);
}

internal sealed class EventRowConfiguration : IEntityTypeConfiguration<EventRow>
{
    public void Configure(EntityTypeBuilder<EventRow> builder)
    {
        builder.ToTable("events");
        builder.HasKey(row => row.Position);
        builder.Property(row => row.Position).ValueGeneratedNever();
        builder.HasIndex(row => row.EventId).IsUnique();
        builder.HasIndex(row => new { row.RoomId, row.Position });
        builder.HasIndex(row => new { row.RoomId, row.OriginServerTs });
        builder.HasIndex(row => new { row.RoomId, row.ThreadRoot, row.Position }).HasFilter("thread_root IS NOT NULL");
        builder.HasIndex(row => new { row.Sender, row.DeviceId, row.OriginServerTs }).HasFilter("transaction_id IS NOT NULL");
    }
}
