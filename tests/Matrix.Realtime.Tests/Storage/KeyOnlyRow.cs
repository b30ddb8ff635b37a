namespace Matrix.Realtime.Tests.Storage;

/// <summary>A row that is nothing but its key.</summary>
internal sealed record KeyOnlyRow
{
    public required long Id { get; init; }
}
