using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Tests.Storage;

/// <summary>A row with every type of column that the features use, each once as it is and once nullable.</summary>
internal sealed record SampleRow
{
    public required RoomId RoomId { get; init; }

    public required long Number { get; init; }

    public string Text { get; init; } = "";

    public string? OptionalText { get; init; }

    public long? OptionalNumber { get; init; }

    public StreamPosition Position { get; init; }

    public StreamPosition? OptionalPosition { get; init; }

    public UserId? OptionalUserId { get; init; }

    public bool IsSet { get; init; }

    public bool? OptionalFlag { get; init; }

    public RowColor Color { get; init; }

    public RowColor? OptionalColor { get; init; }

    public Guid Guid { get; init; }

    public byte[] Json { get; init; } = [];

    public byte[]? OptionalJson { get; init; }
}
