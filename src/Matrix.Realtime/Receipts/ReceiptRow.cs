using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Receipts;

/// <summary>The latest receipt of one user in one room, of one type and category.</summary>
internal sealed class ReceiptRow
{
    public UserId UserId { get; set; }

    public RoomId RoomId { get; set; }

    public required string Type { get; set; }

    /// <summary>One of <see cref="ReceiptCategories"/>, or the root of a thread.</summary>
    public required string Category { get; set; }

    public EventId EventId { get; set; }

    public StreamPosition EventPosition { get; set; }

    public long Ts { get; set; }

    public StreamPosition Position { get; set; }

    public static ReceiptRow From(RoomId roomId, Receipt receipt) => new()
    {
        UserId = receipt.UserId,
        RoomId = roomId,
        Type = receipt.Key.Type,
        Category = receipt.Key.Category,
        EventId = receipt.EventId,
        EventPosition = receipt.EventPosition,
        Ts = receipt.Ts,
        Position = receipt.Position,
    };

    public Receipt ToReceipt() => ToChange().Receipt;

    public ReceiptChange ToChange() => new(
        RoomId, UserId, new ReceiptKey(Type, Category), new EventPlace(EventId, EventPosition, ThreadRoot: null), Ts)
    {
        Position = Position,
    };
}

internal sealed class ReceiptRowConfiguration : IEntityTypeConfiguration<ReceiptRow>
{
    public void Configure(EntityTypeBuilder<ReceiptRow> builder)
    {
        builder.ToTable("receipts");
        builder.HasKey(row => new { row.UserId, row.RoomId, row.Type, row.Category });
        builder.HasIndex(row => new { row.RoomId, row.Position });
        builder.HasIndex(row => row.Position);
    }
}
