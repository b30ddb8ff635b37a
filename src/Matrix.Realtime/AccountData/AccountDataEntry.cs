using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.AccountData;

/// <summary>The latest content of one type.</summary>
/// <param name="Type">The type.</param>
/// <param name="Content">A JSON object, as the client wrote it; empty when it was deleted.</param>
/// <param name="Position">When it was last written or deleted.</param>
internal sealed record AccountDataEntry(string Type, byte[] Content, StreamPosition Position)
{
    /// <summary>Whether the entry only tells that there was one, for clients that may still have it.</summary>
    public bool IsDeleted => Content.Length == 0;

    /// <summary>The content as syncs deliver it: of what was deleted, the empty object.</summary>
    public ReadOnlySpan<byte> Delivered => IsDeleted ? "{}"u8 : Content;
}
