using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Keys.OneTime;

/// <summary>What a device has left to be claimed, encoded once for all its syncs.</summary>
internal sealed record KeyCounts : LiveSnapshot
{
    /// <summary>
    /// Of a device that has no keys. Clients take an algorithm that is missing for a server without it.
    /// </summary>
    public static readonly KeyCounts None = new()
    {
        Position = StreamPosition.Zero,
        OneTimeKeyCounts = "{\"signed_curve25519\":0}"u8.ToArray(),
        UnusedFallbackKeyTypes = "[]"u8.ToArray(),
    };

    /// <inheritdoc cref="KeyCountsRow.OneTimeKeyCounts"/>
    public required byte[] OneTimeKeyCounts { get; init; }

    /// <inheritdoc cref="KeyCountsRow.UnusedFallbackKeyTypes"/>
    public required byte[] UnusedFallbackKeyTypes { get; init; }
}
