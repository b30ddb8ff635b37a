using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Search.Events;

/// <summary>The words of an event that can be searched for. The provider keeps the index over them.</summary>
internal sealed class SearchableEventRow
{
    public const string Table = "searchable_events";

    public StreamPosition Position { get; set; }

    public RoomId RoomId { get; set; }

    public UserId Sender { get; set; }

    public SearchKey Key { get; set; }

    public int WordCount { get; set; }

    /// <summary>The folded words, with one space between each two.</summary>
    public required string Words { get; set; }
}

internal sealed class SearchableEventRowConfiguration : IEntityTypeConfiguration<SearchableEventRow>
{
    public void Configure(EntityTypeBuilder<SearchableEventRow> builder)
    {
        builder.ToTable(SearchableEventRow.Table);
        builder.HasKey(row => row.Position);
    }
}
